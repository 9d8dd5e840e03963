"""The command `kleinverzet`: start the program, and look after its data and its content."""

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from kleinverzet import __version__, listening, occupancy, staff
from kleinverzet.refusal import Refusal

if TYPE_CHECKING:
    from kleinverzet.demo import Login
    from kleinverzet.environment import Environment


class Parser(argparse.ArgumentParser):
    """Says in one line what was wrong with the command."""

    def error(self, message: str) -> NoReturn:
        """Leave with code 2."""
        self.exit(2, f"{self.prog}: {message}. Try --help.\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; give its exit code."""
    words = [*(sys.argv[1:] if arguments is None else arguments)]
    if words[:1] == ["ripple"]:
        # It has options of its own, and needs nothing of the program.
        from ripple import command

        return command.main(words[1:], prog="kleinverzet ripple")
    options = _parser().parse_args(words)
    try:
        return int(options.run(options) or 0)
    except Refusal as refusal:
        print(f"kleinverzet: {refusal}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = Parser(prog="kleinverzet", description="From tension to one small act.")
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    start = commands.add_parser("start", help="prepare what is needed and serve the pages")
    start.add_argument("--port", type=_port, default=8000, help="port to listen on (8000)")
    start.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
    start.add_argument("--data", type=Path, metavar="DIR", help="folder for all data (var)")
    start.add_argument(
        "--demo", action="store_true", help="try it: an empty data folder, thrown away at the end"
    )
    start.set_defaults(run=_start)

    content = commands.add_parser("content", help="check the content, or write its JSON Schema")
    content.add_argument("--schema", action="store_true", help="write content/schema/ anew")
    content.set_defaults(run=_content)

    case = commands.add_parser("slots", help="compute the open times of one case, as JSON")
    given = case.add_mutually_exclusive_group(required=True)
    given.add_argument("--case", metavar="FILE", help="the case as JSON; - is standard input")
    given.add_argument("--schema", action="store_true", help="print the JSON Schema of a case")
    case.set_defaults(run=_slots)
    commands.add_parser("ripple", help="compute who speaks by themselves, and who if all knew")
    _add_keeping(commands)
    return parser


def _add_keeping(commands: "argparse._SubParsersAction[Parser]") -> None:
    backup = commands.add_parser("backup", help="copy all data to one file, also while it runs")
    backup.add_argument(
        "to", type=Path, nargs="?", default=Path(), metavar="FILE|DIR", help="where to (here)"
    )
    backup.set_defaults(run=_backup)

    restore = commands.add_parser("restore", help="put a backup back")
    restore.add_argument("file", type=Path, metavar="FILE", help="the backup")
    restore.add_argument(
        "--replace", action="store_true", help="move a database that is there aside first"
    )
    restore.set_defaults(run=_restore)

    doctor = commands.add_parser("doctor", help="look whether all is well; changes nothing")
    doctor.add_argument(
        "--backups", type=Path, metavar="DIR", help="look at the backups in this folder too"
    )
    doctor.set_defaults(run=_doctor)

    for command in (backup, restore, doctor, *staff.add(commands, _staff)):
        command.add_argument("--data", type=Path, metavar="DIR", help="folder for all data (var)")


def _port(text: str) -> int:
    if text.isdecimal() and 1 <= int(text) <= 65535:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text!r} is no port; give a number from 1 to 65535")


def _start(options: argparse.Namespace) -> None:
    if options.demo:
        if options.data:
            raise Refusal("--demo makes a data folder of its own; leave --data out.")
        if not listening.is_loopback(options.host):
            raise Refusal("--demo is for this machine only; leave --host out.")
        for name in ("DATABASE", "PEPPER", "MAIL"):
            # What is real stays out of it: the demo has all of these in its own folder.
            os.environ.pop(f"KLEINVERZET_{name}", None)
        with tempfile.TemporaryDirectory(prefix="kleinverzet-demo-") as folder:
            _serve(options, Path(folder))
    else:
        _serve(options, options.data)
    from kleinverzet import serving

    serving.leave()


def _serve(options: argparse.Namespace, data: Path | None) -> None:
    address = listening.need_free_port(options.host, options.port)
    _set_environment(options, data)
    from kleinverzet import environment

    env = environment.read()
    _need_writable(env.data)
    with occupancy.shared(env.data):
        if _prepare(env) and not options.demo:
            _begin_anew()
        cast = _move_in(env) if options.demo else []
        from kleinverzet import serving, welcome
        from kleinverzet.background import Background

        serving.serve(
            address,
            options.port,
            when_ready=lambda status: _tell(status, welcome.words(options.host, env, cast)),
            beside=Background(),
        )


def _move_in(env: "Environment") -> "list[Login]":
    """Let the cast of the demo move in; give what to sign in with."""
    from kleinverzet import demo

    print("  Letting the cast of the demo move in …", flush=True)
    with _refusing():
        return demo.fill(env.content, datetime.now(UTC))


def _prepare(env: "Environment") -> bool:
    """Bring everything up to date; give whether that took work, and now takes none."""
    from kleinverzet import preparing

    with _refusing():
        took_work = preparing.prepare(env, say=lambda line: print(f"  {line} …", flush=True))
        return took_work and preparing.is_prepared(env)


def _begin_anew() -> NoReturn:
    """Run the same command in the same process, as if it only started now.

    What prepares takes 50 MB that a server never needs again, and would keep for weeks.
    """
    os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])  # noqa: S606


@contextmanager
def _refusing() -> Iterator[None]:
    """Tell in one line what the program stumbled over outside itself."""
    from django.core.exceptions import ImproperlyConfigured
    from django.db import Error as DatabaseError

    try:
        yield
    except ValueError as problem:
        raise Refusal(str(problem)) from None
    except OSError as problem:
        raise Refusal(f"it stopped at a file: {problem}") from None
    except (DatabaseError, ImproperlyConfigured) as problem:
        reason = " ".join(str(problem).split())
        raise Refusal(f"the database cannot be used, see KLEINVERZET_DATABASE: {reason}") from None


def _set_environment(options: argparse.Namespace, data: Path | None) -> None:
    """Let the options of the command line stand in the environment, where settings are read."""
    if data:
        os.environ["KLEINVERZET_DATA"] = str(data)
    if not os.environ.get("KLEINVERZET_ORIGIN"):
        os.environ["KLEINVERZET_ORIGIN"] = f"http://{listening.named(options.host)}:{options.port}"


def _tell(status: int, words: str) -> None:
    if status != HTTPStatus.OK:
        print(
            f"kleinverzet: the first page answers with {status}; "
            "what is printed above says where it broke.",
            file=sys.stderr,
            flush=True,
        )
    print(words, flush=True)


def _need_writable(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as problem:
        reason = (problem.strerror or "unknown reason").lower()
        raise Refusal(
            f"the data folder {folder} cannot be written ({reason}); give another with --data."
        ) from None


def _content(options: argparse.Namespace) -> None:
    from kleinverzet import environment
    from kleinverzet.catalogue import cast, schema, shelves
    from kleinverzet.me import danger
    from kleinverzet.world import beginning

    folder = environment.read().content
    if options.schema:
        for path in schema.write(folder / "schema"):
            print(f"wrote {path}")
    try:
        catalogue = shelves.read(folder)
        danger.load(folder)
        cast.read(folder, catalogue)
        site = beginning.read(folder)
    except ValueError as problem:
        raise Refusal(f"the content does not hold.\n{problem}") from None
    for line in catalogue.stale_helplines(datetime.now(UTC).date()):
        print(
            f"kleinverzet: helpline {line.id} was last checked on {line.verified_on}; "
            f"check {line.number} at {line.source} and set verified_on in helplines.yaml.",
            file=sys.stderr,
        )
    print(
        f"The content holds: {len(catalogue.acts)} acts, {len(catalogue.values)} values, "
        f"{len(catalogue.helplines)} helplines, {len(site.pages)} pages, "
        f"{len(site.articles)} articles."
    )


def _slots(options: argparse.Namespace) -> None:
    from kleinverzet.coach import slot_case

    try:
        print(slot_case.schema() if options.schema else slot_case.answer(options.case))
    except ValueError as problem:
        raise Refusal(f"this case cannot be computed: {problem}.") from None


def _opened(options: argparse.Namespace, *, make: bool = False) -> "Environment":
    """Let Django read its settings for the data folder that is meant; give the surroundings."""
    if options.data:
        os.environ["KLEINVERZET_DATA"] = str(options.data)
    from kleinverzet import environment, preparing

    env = environment.read()
    if make:
        _need_writable(env.data)
    elif not env.data.is_dir():
        raise Refusal(f"there is no data folder {env.data}; name another with --data.")
    with _refusing():
        preparing.set_up_django()
    return env


def _backup(options: argparse.Namespace) -> None:
    env = _opened(options)
    from kleinverzet.backup import making, telling

    with _refusing():
        made = making.make(env, options.to, datetime.now(UTC))
    print(telling.of_made(made, env))


def _restore(options: argparse.Namespace) -> None:
    env = _opened(options, make=True)
    from kleinverzet.backup import restoring, telling

    with _refusing():
        restored = restoring.restore(
            env, options.file, replace=options.replace, now=datetime.now(UTC)
        )
    print(telling.of_restored(restored, env))


def _staff(options: argparse.Namespace) -> None:
    env = _opened(options)
    with _refusing():
        print(options.appoints(options, env.origin))


def _doctor(options: argparse.Namespace) -> int:
    env = _opened(options)
    from kleinverzet.checkup import rounds
    from kleinverzet.checkup.finding import State

    found = []
    for line in rounds.examine(env, options.backups, datetime.now(UTC)):
        remedy = f". Remedy: {line.remedy}." if line.remedy else "."
        print(f"{line.state:<8} {line.name:<13} {line.said}{remedy}", flush=True)
        found.append(line.state)
    return int(State.WRONG in found)
