"""What the terminal says once the first page was answered."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from kleinverzet import listening

if TYPE_CHECKING:
    from kleinverzet.demo import Login
    from kleinverzet.environment import Environment


def words(host: str, env: "Environment", cast: "Sequence[Login]") -> str:
    """Say where the program is to be found and, in the demo, as whom one can sign in.

    Args:
        host: The address that it listens on.
        env: Where its data lies, and how it is reached from outside.
        cast: Who lives in the demo; nobody elsewhere.
    """
    return "\n".join([*_places(env), *(_cast(env, cast) if cast else ()), *_others(host, env)])


def _places(env: "Environment") -> Iterator[str]:
    yield f"\nKlein Verzet is ready:  {env.origin}/"
    yield f"  English:              {env.origin}/en/"
    yield f"  Data lies in:         {env.data}"
    yield "  To stop:              Ctrl+C\n"


def _cast(env: "Environment", cast: "Sequence[Login]") -> Iterator[str]:
    yield "  Sign in as somebody who does not exist:"
    for one in cast:
        place = f", {one.works_as}" if one.works_as else ""
        yield f"    {one.name:<18}  {one.passphrase:<28}  ({one.language}{place})"
    yield f"  Editors work at:       {env.origin}/beheer/"
    yield f"  The coach works at:    {env.origin}/coach/"
    yield f"  Mails are written to:  {env.data / 'outbox'}\n"


def _others(host: str, env: "Environment") -> Iterator[str]:
    if listening.is_everywhere(host) and "//localhost:" in env.origin:
        yield (
            "  Other machines are answered once KLEINVERZET_ORIGIN names this one, "
            "for example http://192.168.1.20:8000\n"
        )
