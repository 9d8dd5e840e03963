"""Walks the circle through Django's test client, as a browser without JavaScript would."""

import re
from html import unescape
from typing import Any

from django.test import Client

from tests.cast import Person

ADDRESSES = {"nl": "/cirkel/", "en": "/en/circle/"}
CALENDAR = {"nl": "/cirkel/agenda/", "en": "/en/circle/calendar/"}


class Walker:
    """One visit to the circle: knows the page that stands there and what it carries."""

    def __init__(self, language: str = "nl") -> None:
        # Errors become pages, as they would for a person.
        self.client = Client(raise_request_exception=False, SERVER_NAME="localhost")
        self.language = language
        self.answer: Any = self.client.get(ADDRESSES[language])

    def go(self, move: str = "next", **fields: Any) -> str:
        """Send the form that stands on the page, and give the text of the page that follows."""
        data = {"carried": self.carried, "move": move, **fields}
        self.answer = self.client.post(ADDRESSES[self.language], data)
        return self.text

    def switch(self, language: str, **fields: Any) -> str:
        """Press the other language, with what stands in the form."""
        self.language = language
        return self.go("stay", **fields)

    def walk_to_acts(self, person: Person) -> str:
        """Answer the first three pages as this person would."""
        self.go(**person.tension)
        self.go(**person.who)
        return self.go(**person.situation)

    def walk_to_card(self, person: Person) -> str:
        """Walk the whole way, taking the first act that is offered."""
        self.walk_to_acts(person)
        self.go(**person.act, act=self.offers[0])
        return self.go(when=self.value("when"), then=self.value("then"))

    @property
    def text(self) -> str:
        return unescape(self.answer.content.decode())

    @property
    def step(self) -> str:
        found = re.search(r'<body class="p-tool p-(\w+)"', self.text)
        return found[1] if found else ""

    @property
    def carried(self) -> str:
        found = re.search(r'name="carried" value="([^"]*)"', self.text)
        assert found, "the page carries nothing"
        return found[1]

    @property
    def offers(self) -> list[str]:
        codes = re.findall(r'type="radio" name="act" value="([^"]+)"', self.text)
        return [code for code in codes if code not in {"own", "none"}]

    @property
    def picked(self) -> set[str]:
        """Every radio and checkbox that is filled, as name=value."""
        inputs = re.findall(r'name="(\w+)" value="([^"]*)" checked', self.text)
        return {f"{name}={value}" for name, value in inputs}

    def value(self, name: str) -> str:
        """What stands in a text field or a text area."""
        found = re.search(rf'<textarea id="{name}"[^>]*>([^<]*)</textarea>', self.text)
        found = found or re.search(
            rf'<input type="text" id="{name}"[^>]* value="([^"]*)"', self.text
        )
        assert found, f"there is no field {name}"
        return unescape(found[1])
