"""What must be in place before the first page: database, translations, content and static files.

All of it is made once and again only when something it depends on has changed, so that a second
start does none of it. Looked at every time: whether the pepper is the one that the database belongs
to, and whether an older copy of the database brought back people who had been erased.
"""

import hashlib
import io
import os
import sys
import sysconfig
from collections.abc import Callable, Iterator
from pathlib import Path

from kleinverzet import environment
from kleinverzet.refusal import Refusal

STAMP = "prepared"

Say = Callable[[str], None]


def prepare(env: environment.Environment, say: Say) -> bool:
    """Bring everything up to date; give whether there was anything to do.

    Args:
        env: Where data and content lie.
        say: Called with a line for each part, so that a first start shows its progress.

    Raises:
        kleinverzet.catalogue.shelves.ContentError: If the content does not hold; says where.
        django.db.Error: If the database cannot be reached or brought up to date.
        OSError: If a file cannot be written.
        Refusal: If the pepper is not the one that the database belongs to.
    """
    was_prepared = is_prepared(env)
    if not was_prepared:
        # As it is now: what changes meanwhile is to be prepared again.
        now = _fingerprint(env)
        _prepare_all(env, say)
        (env.data / STAMP).write_text(now)
    _look_at_the_people(say)
    return not was_prepared


def is_prepared(env: environment.Environment) -> bool:
    """Say whether all is up to date, so that a start would find nothing to do."""
    stamp = env.data / STAMP
    return stamp.exists() and stamp.read_text() == _fingerprint(env) and _is_in_place(env)


def set_up_django() -> None:
    """Let Django read its settings; once it has, this does nothing."""
    import django
    from django.apps import apps

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kleinverzet.settings")
    if not apps.ready:
        django.setup()


def _look_at_the_people(say: Say) -> None:
    """Make sure that their vaults can be opened, and that nobody is back who was erased."""
    set_up_django()
    from django.db import connection

    from kleinverzet import reappeared
    from kleinverzet.vault import pepper_mark

    try:
        pepper_mark.need()
    except pepper_mark.Misfit as misfit:
        raise Refusal(f"{misfit} {pepper_mark.REMEDY}") from None
    if again := reappeared.erase():
        say(f"Erasing again what came back with an older database ({again})")
    connection.close()  # this thread needs it no more; those that serve have their own


def _prepare_all(env: environment.Environment, say: Say) -> None:
    from django.core.management import call_command

    from kleinverzet.catalogue import shelves
    from kleinverzet.me import danger

    say("Reading the content")
    shelves.read(env.content)
    danger.load(env.content)
    say("Preparing the translations")
    compile_translations()
    # Django reads translations when it is set up, so it is set up after they are there.
    set_up_django()
    say("Preparing the database")
    call_command("migrate", interactive=False, verbosity=0)
    _found_the_site(env, say)
    say("Preparing styles and fonts")
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)


def _found_the_site(env: environment.Environment, say: Say) -> None:
    """Give a new site its first pages; one that has pages keeps them as they are."""
    from kleinverzet.world import founding

    if not founding.is_founded():
        say("Making the first pages")
        founding.found(env.content)


def compile_translations() -> None:
    """Compile every .po that is newer than its .mo; an installed package brings its own."""
    if not environment.IS_CHECKOUT:
        return
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    for po in environment.PACKAGE.rglob("*.po"):
        mo = po.with_suffix(".mo")
        if mo.exists() and mo.stat().st_mtime_ns >= po.stat().st_mtime_ns:
            continue
        compiled = io.BytesIO()
        with po.open("rb") as source:
            write_mo(compiled, read_po(source))
        draft = mo.with_suffix(f".{os.getpid()}")
        draft.write_bytes(compiled.getvalue())
        draft.replace(mo)


def _is_in_place(env: environment.Environment) -> bool:
    has_database = bool(env.database) or (env.data / "kleinverzet.sqlite3").exists()
    return has_database and (env.data / "static" / "staticfiles.json").exists()


def _fingerprint(env: environment.Environment) -> str:
    """Name the state of everything that preparation depends on, from names, sizes and times."""
    digest = hashlib.sha256(f"{sys.version} {env.database} {env.content}".encode())
    # Installed packages bring migrations and static files too; their folders name their versions.
    installed = Path(sysconfig.get_path("purelib")).glob("*.dist-info")
    digest.update("\n".join(sorted(folder.name for folder in installed)).encode())
    for path in _sources(environment.PACKAGE, env.content):
        state = path.stat()
        digest.update(f"{path}\0{state.st_mtime_ns}\0{state.st_size}\n".encode())
    return digest.hexdigest()


def _sources(*folders: Path) -> Iterator[Path]:
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix not in {".pyc", ".mo"}:
                yield path
