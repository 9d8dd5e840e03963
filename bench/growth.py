"""What it costs to open, search and draw everything that somebody kept, by how much there is.

`python -m bench.growth [--quick] [--gate] [--plot FILE]`; see README.md in this folder.
"""

import os
import statistics
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import django

from bench import plot, report, running
from bench.report import Limit

if TYPE_CHECKING:
    from bench.entries import Owner

SIZES = (10, 30, 100, 300, 1000, 2000, 3000, 4000, 5000)
LIMIT_MS = 300.0
LINES = {
    "a plain query": ("plain_query",),
    "open": ("open",),
    "open and search": ("open", "search"),
    "the growth page, whole": ("page",),
}


def main() -> int:
    """Measure, print, and give the exit code."""
    parser = report.options(__doc__.splitlines()[0])
    parser.add_argument("--plot", type=Path, help="also draw the cost as SVG into this file")
    options = parser.parse_args()
    rounds = 3 if options.quick else 15
    with tempfile.TemporaryDirectory() as folder:
        owner = _owner(Path(folder))
        sizes = {size: _measure(owner, size, rounds) for size in SIZES}
        figures = {"bytes_of_words": round(owner.bytes_of_words), "entries": sizes}
        django.db.connections.close_all()
    _print_table(sizes)
    if options.plot:
        options.plot.write_text(_drawn(sizes), encoding="utf-8")
    return report.finish("growth", figures, _limits(sizes[SIZES[-1]]), gate=options.gate)


def _owner(folder: Path) -> "Owner":
    """Set the program up on a database of its own, before anything of it is imported."""
    for name in [name for name in os.environ if name.startswith("KLEINVERZET_")]:
        del os.environ[name]
    os.environ["KLEINVERZET_DATA"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "kleinverzet.settings"
    sys.path.insert(0, str(running.ROOT / "src"))
    django.setup()
    from bench.entries import Owner

    return Owner()


def _measure(owner: "Owner", size: int, rounds: int) -> dict[str, Any]:
    """Give the medians for so many entries; in turn, so that a busy moment strikes them all."""
    from bench import entries

    report.progress(f"{size} entries")
    owner.write(size)
    ways = owner.ways()
    seen = [{name: entries.took(way) for name, way in ways.items()} for _ in range(rounds + 1)][1:]
    figures = {}
    for name in ways:
        plain = [once["plain_query"].ms for once in seen]
        these = [once[name].ms for once in seen]
        figures[name] = {
            "ms": round(statistics.median(these), 2),
            "least_ms": round(min(these), 2),
            "cpu_ms": round(statistics.median(once[name].cpu_ms for once in seen), 2),
            "of_plain": round(
                statistics.median(a / b for a, b in zip(these, plain, strict=True)), 2
            ),
        }
    return figures


def _limits(most: dict[str, Any]) -> list[Limit]:
    opened = most["open"]["ms"] + most["search"]["ms"]
    return [
        Limit("opening and searching 5,000 entries, ms", round(opened, 1), LIMIT_MS),
        Limit("the growth page with 5,000 entries, ms", most["page"]["ms"], LIMIT_MS),
    ]


def _print_table(sizes: dict[int, Any]) -> None:
    names = list(sizes[SIZES[0]])
    heads = [f"{name.replace('_', ' ')} ms" for name in names]
    lines = [["entries", *heads, "open / plain"]]
    for size, figures in sizes.items():
        times = [f"{figures[name]['ms']:.1f}" for name in names]
        lines.append([f"{size}", *times, f"{figures['open']['of_plain']:.1f}"])
    for line in lines:
        print("".join(f"{cell:>18}" for cell in line), file=sys.stderr)


def _drawn(sizes: dict[int, Any]) -> str:
    lines = {
        name: [
            (size, sum(figures[part]["ms"] for part in parts)) for size, figures in sizes.items()
        ]
        for name, parts in LINES.items()
    }
    about = "Milliseconds against the number of entries, each with 1 kB of words."
    return plot.draw(lines, about=about, limit=LIMIT_MS)


if __name__ == "__main__":
    sys.exit(main())
