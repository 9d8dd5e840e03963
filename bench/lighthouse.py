"""What Lighthouse says of the public pages on a phone.

`python -m bench.lighthouse [--quick] [--gate] [--keep]`; see README.md in this folder.
"""

import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NoReturn

from bench import addresses, report, running, walking
from bench.report import Limit
from tools.screens import find_chromium

PAGES = ("home", "article")
KEPT = running.ROOT / "docs" / "lighthouse.json"
# Which Lighthouse, and the fingerprint of every package that it needs.
PINS = Path(__file__).with_suffix("")
PATIENCE = 300.0
TRIES = 3
MISSING = 2
# How many points out of a hundred each category may fall short.
SHORT = {"performance": 2, "accessibility": 0, "best-practices": 0, "seo": 0}
METRICS = {
    "first-contentful-paint": "fcp_ms",
    "largest-contentful-paint": "lcp_ms",
    "speed-index": "si_ms",
    "total-blocking-time": "tbt_ms",
    "cumulative-layout-shift": "cls",
}
# The container of a build server often lets no browser build a sandbox, nor does it root.
CHROMIUM = "--headless=new --no-sandbox --disable-gpu"

Report = dict[str, Any]


def main() -> int:
    """Measure, print, and give the exit code."""
    parser = report.options(__doc__.splitlines()[0])
    parser.add_argument("--keep", action="store_true", help="write docs/lighthouse.json")
    options = parser.parse_args()
    for program in ("node", "npm"):
        if not shutil.which(program):
            _give_up(f"Lighthouse runs on node and comes with npm; {program} is missing here.")
    chromium = find_chromium()
    with tempfile.TemporaryDirectory() as folder, _program() as port:
        tool = _installed(Path(folder))
        reports = _reports(tool, port, chromium, rounds=1 if options.quick else 3)
    figures = _figures(reports)
    if options.keep:
        KEPT.write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return report.finish("lighthouse", figures, _limits(figures), gate=options.gate)


def _give_up(why: str) -> NoReturn:
    print(why, file=sys.stderr)
    sys.exit(MISSING)


@contextlib.contextmanager
def _program() -> Iterator[int]:
    port = running.free_port()
    with tempfile.TemporaryDirectory() as data:
        command = [sys.executable, "-m", "bench.servers", "program", str(port), "--data", data]
        report.progress("starting the program")
        with running.running(command, port, patience=PATIENCE) as program:
            yield program.port


def _installed(folder: Path) -> Path:
    """Install the pinned Lighthouse into a folder that is thrown away; give its program."""
    report.progress("installing Lighthouse")
    for pin in PINS.iterdir():
        shutil.copy(pin, folder)
    command = ["npm", "ci", "--ignore-scripts", "--engine-strict", "--prefer-offline"]
    command += ["--no-audit", "--no-fund", "--loglevel=error"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=PATIENCE)
    if done.returncode:
        _give_up(f"npm could not install Lighthouse:\n{done.stderr.strip()}")
    return folder / "node_modules" / "lighthouse" / "cli" / "index.js"


def _reports(tool: Path, port: int, chromium: str, rounds: int) -> dict[str, list[Report]]:
    """Look at every page in turn, so that all meet the same machine."""
    seen: dict[str, list[Report]] = {}
    pages = addresses.public(port, PAGES, walking.LANGUAGES)
    for n in range(rounds):
        for language, request in pages:
            name = f"{language} {request.name}"
            report.progress(f"round {n + 1} of {rounds}, {name}")
            whole = _report(tool, f"http://localhost:{port}{request.path}", chromium)
            seen.setdefault(name, []).append(whole)
    return seen


def _report(tool: Path, address: str, chromium: str) -> Report:
    """Run Lighthouse until it tells something; on a busy machine it loses track of a page."""
    errors = ""
    for _ in range(TRIES):
        whole, errors = _try(tool, address, chromium)
        if whole and "runtimeError" not in whole:
            return whole
    sys.exit(f"Lighthouse could not look at {address}:\n{errors}")


def _try(tool: Path, address: str, chromium: str) -> tuple[Report, str]:
    """Run Lighthouse as its command line does unless told otherwise; give its report and errors."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "report.json"
        command = ["node", str(tool), address, "--quiet", "--no-enable-error-reporting"]
        command += ["--output=json", f"--output-path={file}", f"--chrome-flags={CHROMIUM}"]
        command += [f"--only-categories={','.join(SHORT)}"]
        # The browser's profile lies in the folder for temporary files.
        around = {**os.environ, "CHROME_PATH": chromium, "TMPDIR": folder}
        done = subprocess.run(command, env=around, capture_output=True, text=True, timeout=PATIENCE)
        whole: Report = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    return whole, done.stderr.strip()


def _figures(reports: dict[str, list[Report]]) -> dict[str, Any]:
    some = next(iter(reports.values()))[0]
    return {
        "lighthouse": some["lighthouseVersion"],
        "browser": some["environment"]["hostUserAgent"].split(") ")[-1],
        "profile": _profile(some["configSettings"]),
        "rounds": len(next(iter(reports.values()))),
        "pages": {name: _extract(_median(of)) for name, of in reports.items()},
    }


def _profile(settings: dict[str, Any]) -> dict[str, Any]:
    """Give what the telephone can do, so that a reader knows what the times are of."""
    throttling, screen = settings["throttling"], settings["screenEmulation"]
    return {
        "form_factor": settings["formFactor"],
        "throttling": settings["throttlingMethod"],
        "round_trip_ms": throttling["rttMs"],
        "kbit_per_second": throttling["throughputKbps"],
        "cpu_slowdown": throttling["cpuSlowdownMultiplier"],
        "screen": [screen["width"], screen["height"], screen["deviceScaleFactor"]],
    }


def _median(reports: Sequence[Report]) -> Report:
    """Give the report in the middle, by what differs from one round to the next."""

    def rank(whole: Report) -> tuple[float, float]:
        paint = whole["audits"]["largest-contentful-paint"]["numericValue"]
        return whole["categories"]["performance"]["score"], -paint

    return sorted(reports, key=rank)[len(reports) // 2]


def _extract(whole: Report) -> dict[str, Any]:
    """Give what is worth keeping of a report of half a megabyte."""
    audits = whole["audits"]
    return {
        "scores": {
            name: round(100 * (category["score"] or 0))
            for name, category in whole["categories"].items()
        },
        "metrics": {
            name: round(audits[audit]["numericValue"], 3 if name == "cls" else None)
            for audit, name in METRICS.items()
        },
        "benchmark_index": whole["environment"]["benchmarkIndex"],
        "imperfect": [
            _shortcoming(audit, whole["finalDisplayedUrl"])
            for audit in audits.values()
            if _is_imperfect(audit)
        ],
    }


def _is_imperfect(audit: dict[str, Any]) -> bool:
    told = audit["scoreDisplayMode"] == "error"
    return told or (audit["score"] is not None and audit["score"] < 1)


def _shortcoming(audit: dict[str, Any], address: str) -> dict[str, Any]:
    """Give an audit's title, how it scored, and the first places that it points at."""
    origin = address[: address.index("/", len("http://"))]
    items = [item for item in audit.get("details", {}).get("items", []) if isinstance(item, dict)]
    places = [item.get("node", {}).get("selector") or item.get("url") for item in items]
    found = {
        "audit": audit["id"],
        "title": audit["title"],
        "score": audit["score"],
        "shown": audit.get("displayValue") or audit.get("errorMessage"),
        "where": [place.removeprefix(origin) for place in places if place][:12],
    }
    return {name: value for name, value in found.items() if value not in (None, [])}


def _limits(figures: dict[str, Any]) -> list[Limit]:
    """Give the limits upside down: by how much each score falls short of 100."""
    return [
        Limit(f"{page}, {category}: short of 100 by", 100 - seen["scores"][category], short)
        for page, seen in figures["pages"].items()
        for category, short in SHORT.items()
    ]


if __name__ == "__main__":
    sys.exit(main())
