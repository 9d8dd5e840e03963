"""Somebody with a browser that knows no JavaScript: cookies, links and forms, over real HTTP."""

import http.cookiejar
import urllib.error
import urllib.parse
import urllib.request
import uuid
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any


@dataclass
class Form:
    """A form as it stands on a page, with what its fields hold."""

    action: str
    is_upload: bool
    fields: dict[str, list[str]] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)


class _Reader(HTMLParser):
    """Finds the forms of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[Form] = []
        self._form: Form | None = None
        self._text: str | None = None
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = Form(said.get("action", ""), "multipart" in said.get("enctype", ""))
            self.forms.append(self._form)
        if self._form is None:
            return
        name, value = said.get("name", ""), said.get("value", "")
        if tag == "button":
            self._form.buttons.append((name, value))
        elif tag == "textarea":
            self._text = name
            self._form.fields[name] = [""]
        elif tag == "select":
            self._select = name
        elif tag == "option" and "selected" in said:
            self._form.fields[self._select] = [value]
        elif tag == "input" and name and said.get("type") != "file":
            is_choice = said.get("type") in {"radio", "checkbox"}
            held = self._form.fields.setdefault(name, [])
            if not is_choice or "checked" in said:
                held.append(value or ("on" if is_choice else ""))

    def handle_data(self, data: str) -> None:
        if self._form is not None and self._text is not None:
            self._form.fields[self._text][0] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._text = None
        elif tag == "form":
            self._form = None


class Visitor:
    """A browser: it stands on a page, and goes on from there.

    Attributes:
        address: Where it stands.
        status: What the server said.
        body: The page.
    """

    def __init__(self, port: int) -> None:
        self._jar = http.cookiejar.CookieJar()
        keep = urllib.request.HTTPCookieProcessor(self._jar)
        self._opener = urllib.request.build_opener(keep)
        self._home = f"http://127.0.0.1:{port}"
        self.address, self.status, self.body = self._home, 0, b""

    @property
    def text(self) -> str:
        """The page as text."""
        return self.body.decode()

    @property
    def forms(self) -> list[Form]:
        """The forms of the page."""
        reader = _Reader()
        reader.feed(self.text)
        return reader.forms

    def go(self, path: str) -> str:
        """Follow a link."""
        return self._ask(urllib.request.Request(urllib.parse.urljoin(self.address, path)))

    def send(self, button: str = "", *, at: str = "", **said: Any) -> str:
        """Fill in the form in which every one of these fields stands, and press a button of it.

        Args:
            button: As "name=value"; the first button without.
            at: Part of the form's action, where two forms have the same fields.
            said: What to fill in; a list for several answers to one question.
        """
        form = self._form(button, at, set(said))
        fields = {name: list(values) for name, values in form.fields.items()}
        for name, value in said.items():
            fields[name] = value if isinstance(value, list) else [str(value)]
        if button:
            name, _, value = button.partition("=")
            fields[name] = [value]
        pairs = [(name, value) for name, values in fields.items() for value in values]
        return self.post(form.action, pairs)

    def upload(self, data: bytes, name: str = "file") -> str:
        """Send a file with the form that takes one."""
        form = next(one for one in self.forms if one.is_upload)
        edge = uuid.uuid4().hex
        head = f"--{edge}\r\nContent-Disposition: form-data; name="
        parts = [
            f'{head}"{field}"\r\n\r\n{value}\r\n'
            for field, values in form.fields.items()
            for value in values
        ]
        parts.append(f'{head}"{name}"; filename="f"\r\n\r\n')
        body = "".join(parts).encode() + data + f"\r\n--{edge}--\r\n".encode()
        kind = {"Content-Type": f"multipart/form-data; boundary={edge}"}
        address = urllib.parse.urljoin(self.address, form.action)
        return self._ask(urllib.request.Request(address, body, kind))

    def post(self, action: str, pairs: list[tuple[str, str]]) -> str:
        """Send some fields to an address, whatever stands on the page."""
        data = urllib.parse.urlencode(pairs).encode()
        return self._ask(
            urllib.request.Request(urllib.parse.urljoin(self.address, action), data=data)
        )

    def _form(self, button: str, at: str, names: set[str]) -> Form:
        for form in self.forms:
            pressed = {f"{name}={value}" for name, value in form.buttons}
            if at in form.action and names <= set(form.fields) and (button in {"", *pressed}):
                return form
        raise AssertionError(f"no form with {sorted(names)} {button} at {self.address}")

    def _ask(self, request: urllib.request.Request) -> str:
        if request.data is not None:
            request.add_header("Origin", self._home)
        try:
            answer = self._opener.open(request, timeout=60)
        except urllib.error.HTTPError as refused:
            answer = refused
        with answer:
            self.status, self.body = answer.status, answer.read()
            self.address = answer.url
        kind = answer.headers.get("Content-Type", "")
        return self.text if kind.startswith("text/") else ""
