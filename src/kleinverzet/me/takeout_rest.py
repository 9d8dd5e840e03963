"""What the program keeps of somebody beside their own words, as the last part of their book.

Account, devices, ways to sign in, times of nudges: each kind under its name, each field in words. A
kind or a field that has no words here yet stands there by its own name; none is left out.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, tzinfo
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kleinverzet.me import takeout_book
from kleinverzet.me.takeout_book import Chapter, Line, Part

Records = Mapping[str, Iterable[Mapping[str, Any]]]

# What somebody wrote: the book tells it whole.
TOLD = ("me.Reflection", "me.Notebook")
KINDS = {
    "accounts.Person": _("Je account"),
    "accounts.Presence": _("Apparaten waar je bent ingelogd"),
    "account.EmailAddress": _("E-mailadressen"),
    "mfa.Authenticator": _("Tweede stap bij het inloggen"),
    "accounts.UncheckedCode": _("Herstelcode die je nog niet overtypte"),
    "accounts.Guardianship": _("Toestemming van je ouder of voogd"),
    "vault.Slot": _("Manieren om je kluis te openen"),
    "vault.Key": _("Sleutels van je kluis"),
    "vault.Session": _("Waar je kluis nu open is"),
    "vault.Letter": _("Geschreven toen je kluis dicht was"),
    "me.Rhythm": _("Hoe je seintjes wilt"),
    "me.Nudge": _("Je seintjes"),
    "wagtailusers.UserProfile": _("Wat je aan de site deed"),
    "world.Message": _("Berichten aan de praktijk"),
    "accounts.Outgoing": _("Mails die op de mailserver wachten"),
    "coach.Coach": _("Jij als coach"),
    "coach.Terms": _("Hoe je afspraken neemt"),
    "coach.Window": _("Je uren in de week"),
    "coach.OtherDay": _("Dagen met andere uren"),
    "coach.Booking": _("Afspraken met jou"),
    "coach.Link": _("Links bij die afspraken"),
    "coach.Wish": _("Wie op een vrije plek wacht"),
    "coach.Calendar": _("Agenda’s die je koppelde"),
    "coach.Busy": _("Wanneer je volgens je agenda bezet bent"),
    "coach.Entry": _("Afspraken in je agenda’s"),
    "coach.Clash": _("Wat je als coach moest weten"),
}
FIELDS = {
    "name": _("Naam"),
    "email": _("E-mailadres"),
    "language": _("Taal"),
    "joined_on": _("Sinds"),
    "since": _("Sinds"),
    "device": _("Apparaat"),
    "is_confirmed": _("Bevestigd"),
    "is_typed_over": _("Overgetypt"),
    "guardian_email": _("E-mailadres van je ouder of voogd"),
    "asked_at": _("Gevraagd"),
    "confirmed_on": _("Bevestigd"),
    "kind": _("Soort"),
    "number": _("Nummer"),
    "expires_at": _("Vervalt"),
    "opened_at": _("Geopend"),
    "seen_at": _("Laatst gebruikt"),
    "by_mail": _("Per mail"),
    "quiet_from": _("Stil vanaf"),
    "quiet_until": _("Stil tot"),
    "zone": _("Tijdzone"),
    "has_calendar_address": _("Adres voor je agenda"),
    "monthly": _("Elke maand terugkijken"),
    "due_at": _("Wanneer"),
    "channel": _("Hoe het komt"),
    "state": _("Stand"),
    "is_late": _("Later dan gevraagd"),
    "reflection": _("Hoort bij verhaal"),
    "purpose": _("Waarvoor"),
    "written_at": _("Geschreven"),
    "said": _("Wat er staat"),
    "takes": _("Neemt afspraken"),
    "closed_on_holidays": _("Vrij op feestdagen"),
    "online_from": _("Online vanaf"),
    "travel_inside": _("Reis binnen je uren"),
    "durations": _("Hoe lang, in minuten"),
    "step": _("Om de zoveel minuten"),
    "before": _("Minuten vrij ervoor"),
    "after": _("Minuten vrij erna"),
    "notice": _("Hoeveel minuten van tevoren"),
    "horizon": _("Hoeveel dagen vooruit"),
    "most_a_day": _("Hoeveel op een dag"),
    "is_open": _("Te plannen"),
    "weekday": _("Dag van de week, 0 is maandag"),
    "starts": _("Begint, in minuten na middernacht"),
    "ends": _("Eindigt, in minuten na middernacht"),
    "mode": _("Hoe"),
    "place": _("Waar"),
    "places": _("Waar"),
    "date": _("Datum"),
    "windows": _("Uren"),
    "starts_at": _("Begint"),
    "ends_at": _("Eindigt"),
    "made_at": _("Gemaakt"),
    "opens": _("Waarvoor"),
    "is_written": _("Je afspraken staan erin"),
    "fault": _("Wat er misging"),
    "sequence": _("Hoe vaak veranderd"),
    "is_gone": _("Eruit gehaald"),
    "what": _("Wat er was"),
    "at": _("Wanneer"),
}
VALUES = {
    "nl": "Nederlands",
    "en": "English",
    "passphrase": _("wachtzin"),
    "recovery": _("herstelcode"),
    "data": _("voor wat je schrijft"),
    "identity": _("voor wat je schrijft terwijl je kluis dicht is"),
    "totp": _("app met codes"),
    "webauthn": "passkey",
    "recovery_codes": _("reservecodes"),
    "mail": _("per mail"),
    "feed": _("in je agenda"),
    "planned": _("staat klaar"),
    "sending": _("onbekend of het verstuurd is"),
    "handed": _("aan de mailserver gegeven"),
    "refused": _("niet aangenomen"),
    "skipped": _("overgeslagen"),
    "passed": _("voorbij"),
    "editor": _("werkt op de redactie"),
    "comment": _("opmerking"),
    "picture": _("foto"),
    "wagtail.create": _("gemaakt"),
    "wagtail.edit": _("gewijzigd"),
    "wagtail.publish": _("op de site gezet"),
    "wagtail.publish.schedule": _("ingepland"),
    "wagtail.unpublish": _("van de site gehaald"),
    "wagtail.move": _("verplaatst"),
    "wagtail.delete": _("gewist"),
}


def tell(records: Records, zone: tzinfo) -> Iterator[Part]:
    """Give one part with a chapter for each kind of which there is anything."""
    chapters = tuple(
        Chapter(str(KINDS.get(kind, kind)), "", tuple(_lines(rows, zone)))
        for kind, rows in records.items()
        if kind not in TOLD and rows
    )
    yield Part(gettext("Wat er verder van je bewaard is"), chapters)


def _lines(rows: Iterable[Mapping[str, Any]], zone: tzinfo) -> Iterator[Line]:
    """Give a line for each field; an empty one keeps two rows apart."""
    for number, row in enumerate(rows):
        if number:
            yield Line("", "")
        for name, value in row.items():
            text = _text(value, zone)
            if text:
                yield Line(str(FIELDS.get(name, name)), text)


def _text(value: Any, zone: tzinfo) -> str:
    if isinstance(value, bool):
        return gettext("Ja") if value else gettext("Nee")
    if isinstance(value, Mapping):
        return "\n".join(f"{name}: {_text(part, zone)}" for name, part in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(_text(part, zone) for part in value)
    text = "" if value is None else str(value)
    return str(VALUES.get(text, "")) or _in_words(text, zone)


def _in_words(text: str, zone: tzinfo) -> str:
    """Give a day or a moment in words, and anything else as it is."""
    try:
        at = datetime.fromisoformat(text) if len(text) >= len("2026-01-01") else None
    except ValueError:
        return text
    if at is None:
        return text
    return takeout_book.moment(at, zone) if at.tzinfo else takeout_book.day(at)
