"""One person's whole way through the running program, with a canary in every text they type.

They walk the circle, make an account on the way, make a recovery code, confirm their address, look
back, plan a nudge and answer it from its mail, change their words, write what they learned, search,
take everything along, bring it in again, make mistakes on the way, and sign out.
"""

import re
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path

from tests import canaries
from tests.canaries import Canary
from tests.running import Program
from tests.visitor import Visitor

NAME, ADDRESS = "Pippa Pluis", "pippa@pond.example"

# Every text that a form of the house takes, and the canary that is typed there.
KEPT = {
    "me.forms.WhoForm.yes": "yes",
    "me.forms.SituationForm.words": "words",
    "me.forms.ActForm.own": "own",
    "me.forms.ActForm.beside": "beside",
    "me.forms.PlanForm.when": "when",
    "me.forms.PlanForm.then": "then",
    "me.one_page.EditForm.note": "note",
    "me.one_page.EditForm.yes": "yes, changed",
    "me.one_page.EditForm.words": "words, changed",
    "me.one_page.EditForm.own": "own, changed",
    "me.one_page.EditForm.beside": "beside, changed",
    "me.one_page.EditForm.when": "when, changed",
    "me.one_page.EditForm.then": "then, changed",
    "me.check_in_form.CheckInForm.noticed": "noticed",
    "me.growth_pages.LearnedForm.learned": "learned",
    "accounts.forms.LoginForm.password": "passphrase",
}
# Typed too, and kept by nobody, sealed or not.
PASSING = {
    "me.moment.MomentForm.title": "title of a calendar file",
    "me.own_pages.SearchForm.words": "searched for",
    "accounts.forms.ChangeForm.oldpassword": "wrong passphrase",
    "accounts.forms.ChangeForm.password1": "short-lived passphrase",
}
MORE_KEPT = ("noticed, from a nudge", "noticed, while signed out", "brought in")
MORE_PASSING = ("noticed, without an outcome", "words that are too long", "in a broken file")


@dataclass
class Journey:
    """The way of one person; `canaries` holds what they typed."""

    program: Program
    data: Path
    canaries: dict[str, Canary] = field(default_factory=dict)
    story: str = ""
    taken: bytes = b""

    def __post_init__(self) -> None:
        self.browser = Visitor(self.program.port)
        for name in (*KEPT.values(), *MORE_KEPT):
            self.canaries[name] = canaries.new(name)
        for name in (*PASSING.values(), *MORE_PASSING):
            self.canaries[name] = canaries.new(name, is_kept=False)

    def walk(self) -> None:
        """Go all the way."""
        self.walk_the_circle()
        self.keep_it_with_a_new_account()
        self.make_a_recovery_code()
        self.confirm_the_address()
        self.look_back()
        self.answer_a_nudge()
        self.change_the_words()
        self.write_what_was_learned()
        self.search()
        self.try_another_passphrase()
        self.take_it_along_and_bring_it_in()
        self.sign_out()
        self.look_back_while_signed_out()

    def word(self, name: str) -> str:
        """Give the canary of a name."""
        return self.canaries[name].word

    def walk_the_circle(self) -> None:
        browser = self.browser
        browser.go("/cirkel/")
        browser.send(tension="3", setting="online", presser="group", pressure="everyone")
        browser.send("move=next", yes=self.word("yes"), values=["kindness"])
        browser.send("move=next", words="x" * 501 + self.word("words that are too long"))
        assert browser.status == 422
        browser.send("move=next", words=self.word("words"), safe="unsure", helps="maybe")
        browser.send("move=next", act="own", own=self.word("own"), beside=self.word("beside"))
        browser.send("move=next", when=self.word("when"), then=self.word("then"))
        assert self.word("then") in browser.text, "the card"
        card = browser.address, browser.status, browser.body
        tomorrow = (datetime.now(UTC) + timedelta(days=1)).date().isoformat()
        title = self.word("title of a calendar file")
        browser.send(moment="own", day=tomorrow, hour="12:00", title=title, sentence="on")
        assert b"BEGIN:VCALENDAR" in browser.body
        browser.address, browser.status, browser.body = card

    def keep_it_with_a_new_account(self) -> None:
        browser = self.browser
        browser.send(at="bewaren")
        browser.send(at="nieuw")
        said = {"username": NAME, "email": ADDRESS, "birth_year": "1985"}
        browser.send(password1=self.word("passphrase"), **said)
        browser.go("/mijn/")
        assert self.word("own") in browser.text, "one's own pages"
        self.story = self._only_story()

    def make_a_recovery_code(self) -> None:
        browser = self.browser
        browser.go("/herstelcode/")
        browser.send(at="nieuw")
        self._prove()
        groups = re.findall(r"<b>([A-Z2-7]{4})</b>", browser.text)
        assert len(groups) == 8
        self.canaries["recovery code"] = canaries.code("recovery code", groups)
        assert any(self._takes(group) for group in groups)

    def confirm_the_address(self) -> None:
        browser = self.browser
        browser.go("/e-mail/")
        if ADDRESS not in browser.text:
            browser.send("move=give", email=ADDRESS)
        browser.go(self._link_in_mail(r"/e-mail/bevestigen/\S+/"))
        browser.send(at="bevestigen")
        browser.go("/e-mail/")
        assert "bevestigd" in browser.text

    def look_back(self) -> None:
        browser = self.browser
        browser.go(f"/mijn/{self.story}/terugkijken/")
        browser.send(noticed=self.word("noticed, without an outcome"))
        if browser.status == 422:
            browser.go(f"/mijn/{self.story}/terugkijken/")
        browser.send(outcome="did", tension="2", noticed=self.word("noticed"))
        browser.go(f"/mijn/{self.story}/")
        assert self.word("noticed") in browser.text

    def answer_a_nudge(self) -> None:
        browser = self.browser
        browser.go("/mijn/seintjes/")
        browser.send("move=save", by_mail="on", quiet_from="03:00", quiet_until="03:00")
        browser.go(f"/mijn/{self.story}/seintje/")
        browser.send("move=plan", moment="morning", channel="mail")
        self._let_the_moment_come()
        link = _soon(lambda: self._link_in_mail(r"/seintje/\S+/"))
        stranger = Visitor(self.program.port)
        stranger.go(link)
        stranger.send(outcome="partly", noticed=self.word("noticed, from a nudge"))
        assert "Het ligt in je kluis" in stranger.text
        browser.go("/mijn/")
        browser.go(f"/mijn/{self.story}/")
        assert self.word("noticed, from a nudge") in browser.text

    def change_the_words(self) -> None:
        browser = self.browser
        texts = ("yes", "words", "own", "beside", "when", "then")
        browser.go(f"/mijn/{self.story}/wijzigen/")
        changed = {name: self.word(f"{name}, changed") for name in texts}
        browser.send(note=self.word("note"), **changed)
        assert self.word("note") in browser.text

    def write_what_was_learned(self) -> None:
        browser = self.browser
        browser.go("/mijn/groei/geleerd/")
        browser.send(learned=self.word("learned"))
        browser.go("/mijn/groei/")
        assert self.word("learned") in browser.text

    def search(self) -> None:
        browser = self.browser
        browser.go("/mijn/")
        browser.send(words=self.word("searched for"))
        assert "Niets gevonden" in browser.text

    def try_another_passphrase(self) -> None:
        browser = self.browser
        browser.go("/wachtzin/")
        said = self.word("wrong passphrase"), self.word("short-lived passphrase")
        browser.send(oldpassword=said[0], password1=said[1])
        assert browser.status == 422

    def take_it_along_and_bring_it_in(self) -> None:
        browser = self.browser
        browser.go("/mijn/meenemen/")
        browser.send(at="meenemen")
        assert browser.body.startswith(b"PK")
        self.taken = browser.body
        browser.go("/mijn/terugzetten/")
        browser.upload(self.taken)
        assert browser.status == 200
        browser.go("/mijn/terugzetten/")
        browser.upload(self.word("in a broken file").encode())
        assert browser.status == 422
        browser.upload(_story(self.word("brought in")))
        assert browser.status == 200

    def sign_out(self) -> None:
        browser = self.browser
        browser.go("/uitloggen/")
        browser.send(at="uitloggen")
        browser.go("/mijn/")
        assert "/inloggen/" in browser.address

    def look_back_while_signed_out(self) -> None:
        """Send a form that stood open, and take it up again after signing in; then sign out."""
        browser = self.browser
        said = [("outcome", "did"), ("noticed", self.word("noticed, while signed out"))]
        browser.post(f"/mijn/{self.story}/terugkijken/", said)
        assert browser.status == 403
        handed_back = browser.address, browser.status, browser.body
        browser.go("/inloggen/")
        browser.send(login=NAME, password=self.word("passphrase"))
        browser.address, browser.status, browser.body = handed_back
        browser.send(noticed=self.word("noticed, while signed out"))
        if browser.status == 403:
            browser.send(noticed=self.word("noticed, while signed out"))
        assert browser.status == 200
        self.sign_out()

    def _only_story(self) -> str:
        found = re.search(r"/mijn/([0-9a-f-]{36})/", self.browser.text)
        assert found
        return found[1]

    def _prove(self) -> None:
        """Give the passphrase once more, where it is asked for."""
        if any("passphrase" in form.fields for form in self.browser.forms):
            self.browser.send(passphrase=self.word("passphrase"))

    def _takes(self, group: str) -> bool:
        """Type one group over; tell whether it was the one that was asked for."""
        self.browser.send(code=group)
        return self.browser.status == 200

    def _link_in_mail(self, pattern: str) -> str:
        """Give the path of a link in the newest mail that has one."""
        for path in sorted((self.data / "outbox").glob("*"), reverse=True):
            mail = message_from_bytes(path.read_bytes(), policy=policy.default)
            body = mail.get_body(("plain",))
            found = re.search(pattern, body.get_content() if body else "")
            if found:
                return found[0]
        return ""

    def _let_the_moment_come(self) -> None:
        """Move the nudge's moment to now: nobody waits for tomorrow morning."""
        now = (datetime.now(UTC) - timedelta(seconds=1)).strftime("%Y-%m-%d %H:%M:%S")
        with closing(sqlite3.connect(self.data / "kleinverzet.sqlite3", timeout=20)) as database:
            changed = database.execute("UPDATE me_nudge SET due_at = ?, try_at = ?", (now, now))
            database.commit()
        assert changed.rowcount == 1


def _soon(find: Callable[[], str]) -> str:
    """Wait until something is there."""
    end = time.monotonic() + 30
    while not (found := find()):
        assert time.monotonic() < end, "it never came"
        time.sleep(0.2)
    return found


def _story(words: str) -> bytes:
    """Give an export with one story of these words."""
    moment = '"2026-11-01T10:00:00+00:00"'
    return (
        f'{{"format": 1, "program": "x", "made_at": {moment}, "records": {{"me.Reflection": [{{'
        f'"id": "7f1c7c1e-1f5e-4b6e-9d51-0a6ad1a6f0d1", "kept_at": {moment}, "began": {moment}, '
        f'"answers": {{"words": "{words}"}}, "is_whole": true}}]}}}}'
    ).encode()
