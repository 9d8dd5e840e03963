"""Measures and draws what docs/ripple.md shows: `python -m tools.ripple_figures [PART...]`.

Parts are `theory`, `starters` and `stories`; without any, all of them. Figures and numbers go to
docs/ripple/, tables into docs/ripple.md, between the marks that bear their names. Takes about two
minutes on two cores.
"""

from __future__ import annotations

import dataclasses
import json
import re
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
# As the program itself does: no need to install it first.
sys.path.insert(0, str(ROOT / "src"))

from ripple import Complete, Network, least_equilibrium, theory  # noqa: E402
from ripple.dynamics import simulate  # noqa: E402
from ripple.pictures import Line, Panel, drawn  # noqa: E402
from tools import ripple_measures as measures  # noqa: E402
from tools import ripple_stories as stories  # noqa: E402

PAGE = ROOT / "docs" / "ripple.md"
FOLDER = ROOT / "docs" / "ripple"
KINDS = ("first", "second", "third")
# People, and independent networks of that many.
SCALE = ((1_000, 100), (10_000, 40), (100_000, 12))
LARGEST = (1_000_000, 12)


def main(asked: Sequence[str]) -> None:
    """Do the parts that were asked for."""
    parts = {"theory": do_theory, "starters": do_starters, "stories": do_stories}
    if unknown := set(asked) - set(parts):
        sys.exit(f"ripple_figures: no part {', '.join(sorted(unknown))}; I know {', '.join(parts)}")
    FOLDER.mkdir(exist_ok=True)
    for name in asked or parts:
        parts[name]()


def do_theory() -> None:
    """Hold simulations against theory, at several sizes."""
    rows: list[measures.Measured] = []
    for people, networks in SCALE:
        rows += measures.watts(people, networks, starters=100)
        rows += measures.sizes(people, networks)
        rows += measures.cores(people, networks)
    rows += measures.sizes(*LARGEST)
    told = [row.row() for row in rows]
    keep("measured", told)
    largest = {row["what"]: row for row in told}
    fill("measured", table(list(largest.values())))
    fill("sizes", by_size(told))
    draw("watts", "Global cascades after one starter, among 16,000 people", watts_panel())
    draw("final-size", "How many speak in the end, by how many start", *size_panels())
    draw("cores", "How large cores are among 100,000 people, by mean degree", core_panel())
    draw("hundred", "A hundred people; one of them waits for one more", hundred_panel())


def do_starters() -> None:
    """Look for starters where others have published how few they found."""
    rows = list(measures.starters(100_000))
    small = measures.small_starters()
    keep("starters", [*rows, small])
    fill("starters", table(rows))
    fill("small", table([small]))


def do_stories() -> None:
    """Play the experiment."""
    told: dict[str, Any] = {"beginnings": stories.beginnings(stories.Setting())}
    lines: dict[float, list[dict[str, Any]]] = {}
    for listening in stories.LISTENING:
        lines[listening] = [
            {"listening": listening, "voice": voice, **stories.outcome(setting)}
            for voice in stories.VOICES
            for setting in [stories.Setting(voice=voice, listening=listening)]
        ]
    told["voices"] = [row for rows in lines.values() for row in rows]
    told["robustness"] = [
        {"setting": name, "voice": voice, **stories.outcome(setting)}
        for name, base in stories.robustness()
        for voice in (0.0, 0.1, 0.5)
        for setting in [dataclasses.replace(base, voice=voice)]
    ]
    keep("stories", told)
    fill("stories", table([flat(row) for row in lines[0.0]]))
    fill("listening", table([flat(row) for row in told["voices"] if row["voice"] in (0.1, 0.5, 1)]))
    fill("robustness", robustness_table(told["robustness"]))
    draw("voice", "What becomes of groups, by how many stay and speak", *voice_panels(lines))
    draw("paths", "The share that speaks, step by step", *path_panels())


def watts_panel() -> Panel:
    """Draw the window of Watts, computed and simulated."""
    across = np.linspace(0.8, 6.4, 141).tolist()
    computed = [(z, theory.global_cascade_share(z, 0.18)) for z in across]
    simulated = [
        (z, float(np.mean([measures.watts_share(16_000, z, seed, 60) for seed in range(8)])))
        for z in np.linspace(0.8, 6.4, 29).tolist()
    ]
    lines = (Line(simulated, "simulated", "second"), Line(computed, "theory", "third"))
    return Panel("Global cascades", "mean degree", "share of starters", lines, left=0.8, right=6.4)


def size_panels() -> list[Panel]:
    """Draw final sizes over the share that starts."""
    panels = []
    for z, phi, right in ((10, 0.18, 0.03), (6, 0.3, 0.1)):
        across = np.linspace(0, right, 121)[1:].tolist()
        computed = [(share, theory.final_size(z, phi, share)) for share in across]
        simulated = [
            (share, measures.final_size(100_000, z, phi, share, seed))
            for seed, share in enumerate(across[3::4])
        ]
        lines = (Line(simulated, "simulated", "second"), Line(computed, "theory", "third"))
        title = f"Mean degree {z}, φ = {phi}"
        panels.append(Panel(title, "share that starts", "share that speaks", lines, right=right))
    return panels


def core_panel() -> Panel:
    """Draw how large the 3-core and the 5-core are."""
    lines = []
    across = np.linspace(2.5, 8, 221).tolist()
    for k, kind in ((3, "first"), (5, "second")):
        simulated = [
            (z, measures.core_share(Network.erdos_renyi(100_000, z, seed), k))
            for seed, z in enumerate(across[::5])
        ]
        lines.append(Line(simulated, f"{k}-core", kind))
    for k in (3, 5):
        computed = [(z, theory.kcore_size(z, k)) for z in across]
        lines.append(Line(computed, f"theory, {k}", "third"))
    return Panel("Cores", "mean degree", "share of everybody", lines, left=2.5, right=8)


def hundred_panel() -> Panel:
    """Draw Granovetter's two hundreds."""
    lines = []
    for one, kind in ((1, "first"), (2, "second")):
        k = np.arange(100)
        k[1] = one
        assert least_equilibrium(Complete(100), k).size == (100 if one == 1 else 1)
        told = simulate(Complete(100), k, 110).speaking.tolist()
        lines.append(Line(list(enumerate(told)), f"person 1 waits for {one}", kind, stepped=True))
    return Panel("A hundred people", "step", "speaking", lines, right=110, top=100)


def voice_panels(lines: dict[float, list[dict[str, Any]]]) -> Iterable[Panel]:
    """Draw how many groups turn, how many would still speak, and how many left."""
    for title, up, name, top in (
        ("Groups that turn", "share of groups", "turned", 1.0),
        ("Who would speak at all", "share of places", "willing", 1.0),
        ("Departures", "per place", "left_per_place", 5.0),
    ):
        drawn_ = [
            Line([(row["voice"], mean(row[name])) for row in rows], f"λ = {listening:g}", kind)
            for (listening, rows), kind in zip(lines.items(), KINDS, strict=True)
        ]
        yield Panel(title, "voice: stay and speak", up, drawn_, top=top)


def mean(value: Any) -> float:
    """Give the mean of a spread, or the number itself."""
    return float(value["mean"] if isinstance(value, dict) else value)


def path_panels() -> Iterable[Panel]:
    """Draw the share that speaks over time, with the range over groups."""
    for title, setting in (
        ("All leave", stories.Setting(voice=0)),
        ("One in ten stays, speaks", stories.Setting(voice=0.1)),
        ("Half of them stay, speak", stories.Setting(voice=0.5)),
    ):
        low, middle, high = stories.paths(setting)
        drawn_ = [
            Line(list(enumerate(middle.tolist())), "middle", "first", stepped=True),
            Line(list(enumerate(low.tolist())), "5 %", "third", stepped=True),
            Line(list(enumerate(high.tolist())), "95 %", "third", stepped=True),
        ]
        yield Panel(title, "step", "share that speaks", drawn_, right=stories.STEPS)


def by_size(told: list[dict[str, Any]]) -> str:
    """Tell for each measurement how far it lies from theory, at each size."""
    sizes = sorted({row["people"] for row in told})
    names = list(dict.fromkeys(row["what"] for row in told))
    apart = {
        (row["what"], row["people"]): f"{row['measured'] - row['theory']:+.5f} ± {row['error']:.5f}"
        for row in told
    }
    return table(
        [
            {"what": name, **{f"n = {size:,}": apart.get((name, size), "") for size in sizes}}
            for name in names
        ]
    )


def flat(row: dict[str, Any]) -> dict[str, Any]:
    """Tell an outcome in one line: means, and between what nine of ten groups lie."""
    return {
        name: f"{value['mean']:.2f} ({value['low']:.2f} – {value['high']:.2f})"
        if isinstance(value, dict)
        else f"{value:g}"
        for name, value in row.items()
    }


def robustness_table(rows: list[dict[str, Any]]) -> str:
    """Tell the share of groups that turn, and of places where somebody would speak at all."""
    told: dict[str, dict[str, Any]] = {}
    for row in rows:
        line = told.setdefault(row["setting"], {"setting": row["setting"]})
        line[f"voice {row['voice']:g}: turned, willing"] = (
            f"{row['turned']:.2f}, {row['willing']['mean']:.2f}"
        )
    return table(list(told.values()))


def table(rows: list[dict[str, Any]]) -> str:
    """Write rows as a table in Markdown."""
    head = list(rows[0])
    cells = [[name.replace("_", " ") for name in head], ["---"] * len(head)]
    cells += [[cell(row[name]) for name in head] for row in rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in cells)


def cell(value: Any) -> str:
    """Write one cell."""
    if isinstance(value, float):
        return f"{value:.6f}".rstrip("0").rstrip(".")
    return f"{value:,}" if isinstance(value, int) else str(value)


def keep(name: str, told: Any) -> None:
    """Keep numbers as JSON."""
    text = json.dumps(told, ensure_ascii=False, indent=1)
    (FOLDER / f"{name}.json").write_text(text + "\n", encoding="utf-8")


def draw(name: str, title: str, *panels: Panel) -> None:
    """Keep a picture of panels beside each other."""
    (FOLDER / f"{name}.svg").write_text(drawn(panels, title), encoding="utf-8")


def fill(name: str, text: str) -> None:
    """Put a table on the page, between the marks of its name."""
    page = PAGE.read_text(encoding="utf-8")
    begin, end = f"<!-- {name} -->", f"<!-- end of {name} -->"
    pattern = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.DOTALL)
    if not pattern.search(page):
        sys.exit(f"ripple_figures: {PAGE.name} has no place {begin} … {end}")
    page = pattern.sub(lambda _: f"{begin}\n{text}\n{end}", page)
    PAGE.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
