"""The words of the command: which people, which thresholds, and what to show."""

from __future__ import annotations

import argparse
from typing import NoReturn

from ripple.reading import Unit

TOLD = """\
Who speaks by themselves, and who would if all knew: threshold equilibria on networks.

  equilibria   who speaks by themselves, and who would if all knew
  starters     the few who would have to begin
  influence    how many more speak if one person begins
  cores        how deep in the network people stand
  sweep        many runs, with thresholds, ties and starters by chance
  story        step by step: people leave, or stay and speak up
  window       for which networks one starter can move everybody (theory)
"""
EXAMPLES = """\
examples:
  {prog} equilibria ties.csv --thresholds thresholds.csv
  {prog} equilibria --complete 100 --uniform 0 1 --seed 7 --plot speak.svg
  {prog} starters ties.csv.gz --fraction 0.5 --json
  {prog} sweep --random erdos-renyi --people 10000 --mean-degree 3 \\
      --fraction 0.18 --draw-starters 1 --runs 500

FILE is an edge list (two ids a line; CSV, TSV or spaces; .gz and .parquet too; - is standard
input). Bad input ends with one line that says where, and exit code 2.
"""
KINDS = ("erdos-renyi", "watts-strogatz", "barabasi-albert", "blocks")
WITHOUT_NUMBER = -1
MOST_TEAMS = 10_000_000
VARIED = ("mean-degree", "fraction", "starters")


class Parser(argparse.ArgumentParser):
    """Says in one line what was wrong with the command."""

    def error(self, message: str) -> NoReturn:
        """Leave with code 2."""
        self.exit(2, f"{self.prog}: {message}. Try --help.\n")


def parser(prog: str) -> Parser:
    """Make the parser of the whole command."""
    whole = Parser(
        prog=prog,
        description=TOLD,
        epilog=EXAMPLES.format(prog=prog),
        formatter_class=argparse.RawDescriptionHelpFormatter,
        usage=f"{prog} COMMAND [FILE] [options]   ({prog} COMMAND --help tells more)",
    )
    commands = whole.add_subparsers(
        dest="command", required=True, metavar="COMMAND", help=argparse.SUPPRESS, prog=prog
    )
    everything = (_people, _waits, _shown)
    for add, name, told, groups in (
        (_equilibria, "equilibria", "Who speaks by themselves, and who if all knew.", everything),
        (_starters, "starters", "The few who would have to begin.", everything),
        (_influence, "influence", "How many more speak if one person begins.", everything),
        (_nothing, "cores", "How deep in the network people stand.", (_people, _shown)),
        (_sweep, "sweep", "Many runs: what is chance is drawn anew in each.", everything),
        (_story, "story", "What becomes of people, step by step (docs/ripple.md).", everything),
        (_window, "window", "Where one starter can move everybody (Watts, 2002).", (_shown,)),
    ):
        file = "[FILE] " if _people in groups else ""
        usage = f"{prog} {name} {file}[options]"
        command = commands.add_parser(name, description=told, usage=usage)
        add(command)
        for group in groups:
            group(command)
    return whole


def _shown(command: Parser) -> None:
    shown = command.add_argument_group("what to show")
    shown.add_argument("--json", action="store_true", help="JSON, for other programs")
    shown.add_argument("--plot", metavar="FILE.svg", help="draw it, too")


def _people(command: Parser) -> None:
    read = command.add_argument_group("people from a file")
    read.add_argument("ties", nargs="?", metavar="FILE", help="an edge list; - is standard input")
    read.add_argument("--tidy", action="store_true", help="leave out doubles and self-ties")
    read.add_argument(
        "--header",
        action=argparse.BooleanOptionalAction,
        help="whether the first line names the columns (guessed)",
    )
    made = command.add_argument_group("or a group in which all see all, or a random network")
    made.add_argument(
        "--complete",
        nargs="?",
        type=_whole,
        const=WITHOUT_NUMBER,
        metavar="N",
        help="all see all; without N, as many people as there are thresholds in the file",
    )
    made.add_argument("--random", choices=KINDS, metavar="KIND", help=", ".join(KINDS))
    made.add_argument("--people", type=_whole, metavar="N", help="how many people")
    made.add_argument("--mean-degree", type=_number, metavar="Z", help="for erdos-renyi")
    made.add_argument("--contacts", type=_whole, metavar="N", help="for watts-strogatz")
    made.add_argument(
        "--rewire", type=_number, default=0.1, metavar="SHARE", help="for watts-strogatz (0.1)"
    )
    made.add_argument("--new-ties", type=_whole, metavar="N", help="for barabasi-albert")
    made.add_argument("--sizes", type=_sizes, metavar="N,N,…", help="teams for blocks: 8,8 or 8x20")
    made.add_argument(
        "--random-ties", type=_whole, default=0, metavar="N", help="between blocks (0)"
    )
    made.add_argument("--seed", type=_whole, default=0, help="gives the same chance again (0)")


def _waits(command: Parser) -> None:
    waits = command.add_argument_group("how many others each waits for (one of these)")
    one = waits.add_mutually_exclusive_group(required=True)
    one.add_argument("--thresholds", metavar="FILE", help="id,threshold a line, or in order")
    one.add_argument("--count", type=_whole, metavar="K", help="this many contacts, for all")
    one.add_argument("--fraction", type=_number, metavar="PHI", help="this part of one's contacts")
    one.add_argument("--uniform", type=_number, nargs=2, metavar=("LOW", "HIGH"), help="drawn")
    one.add_argument("--normal", type=_number, nargs=2, metavar=("MEAN", "DEV"), help="drawn, cut")
    waits.add_argument(
        "--unit", choices=[*Unit], default=Unit.COUNTS, help="what the file holds (counts)"
    )
    waits.add_argument("--of", type=_whole, default=10, help="answers are out of this many (10)")
    waits.add_argument(
        "--never", type=_number, default=0.0, metavar="SHARE", help="this part never speaks (0)"
    )


def _equilibria(command: Parser) -> None:
    command.add_argument("--starters", metavar="IDS", help="a,b: who speaks whatever others do")
    command.add_argument("--abstain", metavar="IDS", help="a,b: who never speaks")
    command.add_argument("--who", action="store_true", help="name who speaks, too")


def _starters(command: Parser) -> None:
    command.add_argument(
        "--goal", type=_whole, metavar="N", help="how many shall speak in the end (all who would)"
    )


def _influence(command: Parser) -> None:
    command.add_argument("--starters", metavar="IDS", help="a,b: who speaks already")
    command.add_argument(
        "--top", type=_whole, default=10, metavar="N", help="show the N who move most (10)"
    )


def _sweep(command: Parser) -> None:
    command.add_argument("--runs", type=_whole, default=100, help="how many runs (100)")
    command.add_argument("--workers", type=_whole, help="how many at once (one a core)")
    command.add_argument(
        "--draw-starters", type=_whole, default=0, metavar="N", help="this many starters, drawn"
    )
    command.add_argument(
        "--over",
        nargs=4,
        metavar=("NAME", "FROM", "TO", "POINTS"),
        help=f"ask at many points; NAME is {', '.join(VARIED)}",
    )


def _story(command: Parser) -> None:
    command.add_argument("--steps", type=_whole, default=50, help="how many steps (50)")
    command.add_argument("--starters", metavar="IDS", help="a,b: who speaks whatever others do")
    command.add_argument(
        "--exit-after", type=_whole, metavar="N", help="patience: steps out of place (no end)"
    )
    command.add_argument(
        "--voice", type=_number, default=0.0, metavar="CHANCE", help="to stay and speak up (0)"
    )
    command.add_argument(
        "--replace",
        action=argparse.BooleanOptionalAction,
        default=True,
        help="whether somebody comes for whoever leaves",
    )
    command.add_argument(
        "--practice", type=_number, default=0.0, metavar="N", help="fewer needed after speaking (0)"
    )
    command.add_argument(
        "--listening", type=_number, default=0.0, metavar="N", help="how much is listened, -1 to 1"
    )


def _window(command: Parser) -> None:
    command.add_argument(
        "--fraction", type=_number, metavar="PHI", required=True, help="what all wait for"
    )
    command.add_argument(
        "--mean-degree", type=_number, metavar="Z", help="and how often, at this z"
    )


def _nothing(command: Parser) -> None:
    """Add nothing: people are enough."""


def _whole(text: str) -> int:
    if text.isdecimal():
        return int(text)
    raise argparse.ArgumentTypeError(f"{text!r} is no whole number from 0")


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no number") from None


def _sizes(text: str) -> tuple[int, ...]:
    """Read the sizes of teams: 8,8,12 or 8x20, which is twenty teams of eight."""
    sizes: list[int] = []
    for part in text.split(","):
        size, _, times = part.partition("x")
        teams = _whole(times) if times else 1
        if len(sizes) + teams > MOST_TEAMS:
            raise argparse.ArgumentTypeError(f"{text!r} are more than {MOST_TEAMS:,} teams")
        sizes += [_whole(size)] * teams
    return tuple(sizes)
