"""How strong a passphrase is, said in words; judged here, by no third party.

Length decides: Argon2id and the pepper make each guess dear, and four words that have nothing to do
with each other are easier to remember than one with a sign in it.
"""

import gzip
import re
from functools import cache
from importlib.resources import files

from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

SHORTEST = 10
LONGEST = 200


class Strength:
    """Refuses a passphrase that is short, well known, or the name itself."""

    def validate(self, password: str, user: object = None) -> None:
        """Say what is missing.

        Raises:
            ValidationError: In the reader's language.
        """
        if len(password) < SHORTEST:
            raise ValidationError(
                gettext("Neem er een van minstens %(n)d tekens. Vier losse woorden is goed.")
                % {"n": SHORTEST},
                code="short",
            )
        if len(password) > LONGEST:
            raise ValidationError(
                gettext("Houd het bij %(n)d tekens.") % {"n": LONGEST}, code="long"
            )
        plain = _plain(password)
        if plain in _well_known() or len(set(plain)) < 4:
            raise ValidationError(
                gettext("Deze wordt vaak gebruikt en staat op elke lijst. Neem een andere."),
                code="well_known",
            )
        name = _plain(str(getattr(user, "name", "") or ""))
        if name and len(name) >= 4 and plain.replace(name, "").strip("0123456789") == "":
            raise ValidationError(
                gettext("Dit is bijna je naam. Neem iets wat niemand van je weet."), code="name"
            )

    def get_help_text(self) -> str:
        """Say what works."""
        return str(_("Minstens 10 tekens. Vier losse woorden onthoud je het best."))


@cache
def _well_known() -> frozenset[str]:
    """Give the passwords that Django knows as common: a list that ships with it."""
    folder = files(password_validation.__package__ or "django.contrib.auth")
    packed = folder.joinpath("common-passwords.txt.gz").read_bytes()
    return frozenset(_plain(line) for line in gzip.decompress(packed).decode().splitlines())


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())
