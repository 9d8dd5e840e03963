"""Who works here: the commands that appoint an editor or a coach, and let them go.

Both need an account that is there already, and open no vault. What they answer is for the terminal;
the command prints it.
"""

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from kleinverzet.refusal import Refusal

if TYPE_CHECKING:
    from kleinverzet.accounts.models import Person

NAME_AT_MOST = 60


def add(commands: Any, run: Callable[[argparse.Namespace], None]) -> list[argparse.ArgumentParser]:
    """Add both commands.

    Args:
        commands: Where commands are added.
        run: Opens the data, calls `options.appoints(options, origin)` and prints what it answers.
    """
    editor = commands.add_parser("editor", help="let somebody with an account work at /beheer/")
    editor.add_argument("name", metavar="NAME", help="the name of their account")
    editor.add_argument("--remove", action="store_true", help="let them in no longer")
    editor.set_defaults(run=run, appoints=_editor)

    coach = commands.add_parser("coach", help="let somebody with an account take appointments")
    coach.add_argument("name", metavar="NAME", help="the name of their account")
    coach.add_argument(
        "--name", dest="shown", default="", metavar="NAME", help="the name as visitors read it"
    )
    coach.add_argument("--remove", action="store_true", help="let them take no new ones")
    coach.set_defaults(run=run, appoints=_coach)
    return [editor, coach]


def _editor(options: argparse.Namespace, origin: str) -> str:
    from kleinverzet.world import editors

    person = _person(options.name, origin)
    if options.remove:
        editors.dismiss(person)
        return f"{person.name} works at {origin}/beheer/ no longer; the account stays."
    editors.appoint(person)
    return (
        f"{person.name} may now work at {origin}/beheer/.\n"
        "Advise them to set up a second step first, under Veiligheid."
    )


def _coach(options: argparse.Namespace, origin: str) -> str:
    from kleinverzet.coach import coaches

    person = _person(options.name, origin)
    if options.remove:
        if not coaches.dismiss(person):
            raise Refusal(f"{person.name} is no coach here, so there is nothing to end.")
        return f"{person.name} takes no new appointments; those that stand stay theirs."
    shown = " ".join(options.shown.split())
    if len(shown) > NAME_AT_MOST:
        raise Refusal(f"a name of {len(shown)} letters is too long; give at most {NAME_AT_MOST}.")
    try:
        coach = coaches.appoint(person, shown)
    except coaches.NoVault:
        raise Refusal(
            f"{person.name} has no vault yet, and what visitors write is sealed to it; "
            f"let them sign in once at {origin}/inloggen/ and choose a passphrase."
        ) from None
    return (
        f"{coach.name} may now take appointments, and begins with their hours, "
        f"at {origin}/coach/uren/.\n"
        "Advise them to set up a second step first, under Veiligheid."
    )


def _person(name: str, origin: str) -> "Person":
    from kleinverzet.accounts.models import Person

    try:
        return Person.objects.get_by_natural_key(name)
    except Person.DoesNotExist:
        raise Refusal(
            f"nobody has an account under the name {name!r}; "
            f"let them sign up first, at {origin}/meedoen/."
        ) from None
