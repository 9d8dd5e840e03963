"""Somebody with something in every field there is, and what an export of theirs holds."""

import io
import json
import zipfile
from dataclasses import dataclass, fields, replace
from datetime import timedelta
from typing import Any

import pypdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from kleinverzet.me import notebook, nudges, reflections, rhythm, takeout
from kleinverzet.me.circle import Answers
from kleinverzet.me.ladder import Outcome
from kleinverzet.me.notebook import Month, Pages
from kleinverzet.me.story import CheckIn, Story
from kleinverzet.vault import letters
from tests.me.kept import MONDAY
from tests.me.nudged import confirm_address
from tests.owners import Owner

# Every text that a person types into a story, by the name of its field.
WORDS = {
    "yes": "een klas waarin niemand zich klein voelt",
    "words": "Ze sturen een foto van Bas Kwast rond.\nEn ik lachte mee.",
    "own": "Ik stuur die foto niet door.",
    "beside": "Tante Toffee",
    "when": "iemand die foto stuurt",
    "then": "stuur ik hem niet door",
    "note": "Achteraf viel het mee.",
    "noticed": "Mijn handen waren koud, en het ging.",
}
LEARNED = "Ik hoef niet meteen te antwoorden."
TYPED_TEXT = {"yes", "words", "own", "beside", "when", "then"}


def story_with(**words: str) -> Story:
    """Give a story in which every text is set, with some of them replaced."""
    said = {**WORDS, **words}
    answers = Answers(
        tension=3,
        setting="online",
        presser="group",
        pressure="everyone",
        values=("kindness", "friendship"),
        safe="unsure",
        helps="maybe",
        act="own",
        **{name: said[name] for name in TYPED_TEXT},
    )
    check_in = CheckIn(MONDAY + timedelta(days=2), Outcome.DID, 2, said["noticed"])
    return Story(MONDAY, answers, answers.values, said["note"], hard=4, check_ins=(check_in,))


def fill(owner: Owner, *stories: Story) -> None:
    """Put something of every kind in somebody's account and vault."""
    rows = [reflections.add(keys=owner.keys, story=one) for one in stories or (story_with(),)]
    write_notebook(owner, Pages(LEARNED, (Month("2026-10", {"ground": 3, "kind": 1}),)))
    confirm_address(owner)
    rhythm.change(owner.person, by_mail=True)
    nudges.plan(
        reflection=rows[0],
        due_at=timezone.now() + timedelta(days=1),
        channel="mail",
        zone="Europe/Amsterdam",
        language="nl",
    )
    letters.write(owner.person.pk, "note", {"said": "Een brief die wacht."})


def write_notebook(owner: Owner, pages: Pages) -> None:
    """Put pages in the place of those that lie there."""
    notebook.write(keys=owner.keys, opened=notebook.read(owner.keys), pages=pages)


@dataclass(frozen=True)
class Parcel:
    """An export, unpacked."""

    raw: bytes
    files: dict[str, bytes]

    @property
    def data(self) -> dict[str, Any]:
        """What the JSON says."""
        told: dict[str, Any] = json.loads(self.files[takeout.DATA])
        return told

    @property
    def page(self) -> str:
        """The page to read."""
        return next(text for name, text in self.files.items() if name.endswith(".html")).decode()

    @property
    def paper(self) -> str:
        """The text of the PDF on one line, without the signs at which a long word may break."""
        pages = pypdf.PdfReader(io.BytesIO(self.files[takeout.PAPER])).pages
        text = " ".join(page.extract_text() for page in pages)
        return " ".join(text.replace("\u200b", "").split())


def unpacked(raw: bytes) -> Parcel:
    """Give a ZIP's files."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return Parcel(raw, {name: archive.read(name) for name in archive.namelist()})


def take(client: Client, address: str = "/mijn/meenemen/") -> Parcel:
    """Press the button of the page, as a person does."""
    answer = client.post(address)
    assert answer.status_code == 200, answer.content[:300]
    assert answer["Content-Type"] == "application/zip"
    return unpacked(answer.content)


def without_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the PDF out, where it would only take time."""
    monkeypatch.setattr(takeout.takeout_paper, "set_", _not_set)


def _not_set(book: Any) -> bytes:
    raise takeout.takeout_paper.NotSet


def stories_of(owner: Owner) -> list[Story]:
    """Give somebody's stories as they were told, without where they came from."""
    told = [kept.story for kept in reflections.every(owner.keys) if kept.story]
    return [replace(story, copied_from="") for story in told]


def text_fields() -> set[str]:
    """Give every field of a story that holds words of somebody's own, as its classes declare."""
    codes = {"setting", "presser", "pressure", "safe", "helps", "act", "when_cue", "then_cue"}
    texts = {
        field.name
        for shape in (Answers, Story, CheckIn)
        for field in fields(shape)
        if field.type in {str, "str"}
    }
    return texts - codes - {"copied_from"}


def bring(client: Client, raw: bytes, name: str = "klein-verzet.zip") -> Any:
    """Choose a file on the page that takes one, and press the button."""
    return client.post("/mijn/terugzetten/", {"file": SimpleUploadedFile(name, raw)})


def said(told: dict[str, Any]) -> bytes:
    """Give what an export says, as the JSON that can be brought in."""
    return json.dumps(told).encode()
