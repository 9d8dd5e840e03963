"""A stock Wagtail site, as `wagtail start` makes it, with one article: a peer for ours.

Made in a folder that is thrown away, with Wagtail's own settings for production. Two things are
added: a field for the article's text, and the settings that a person has to fill in.
"""

import os
import subprocess
import sys
from pathlib import Path

NAME = "peer"
MODELS = """
from wagtail.fields import RichTextField
from wagtail.models import Page


class HomePage(Page):
    body = RichTextField(blank=True)
"""
TEMPLATE = """{% extends "base.html" %}
{% load wagtailcore_tags %}
{% block content %}<h1>{{ page.title }}</h1>{{ page.body|richtext }}{% endblock %}
"""
LOCAL = """
SECRET_KEY = "only for a folder that is thrown away"
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "peer_urls"
FORM_BYTES, LARGE_BODIES = 64 * 1024, {}
"""
# The stock addresses, and the one where the server looks whether it is ready.
URLS = """
from django.http import HttpResponse
from django.urls import path
from peer.urls import urlpatterns as stock

urlpatterns = [path("cirkel/", lambda request: HttpResponse("ready")), *stock]
"""
FILL = """
from home.models import HomePage
page = HomePage.objects.get()
page.title, page.body = {title!r}, {body!r}
page.save_revision().publish()
"""


def make(folder: Path, *, title: str, body: str) -> None:
    """Make the site in an empty folder, with one article at its front.

    Args:
        folder: Where to; the peer is imported from there.
        title: The article's title.
        body: Its text, as HTML.
    """
    _run(folder, "-m", "wagtail.bin.wagtail", "start", NAME, ".")
    (folder / "home" / "models.py").write_text(MODELS)
    (folder / "home" / "templates" / "home" / "home_page.html").write_text(TEMPLATE)
    (folder / NAME / "settings" / "local.py").write_text(LOCAL)
    (folder / "peer_urls.py").write_text(URLS)
    for command in (["makemigrations", "home"], ["migrate"], ["collectstatic", "--noinput"]):
        _run(folder, "manage.py", *command)
    _run(folder, "manage.py", "shell", "-c", FILL.format(title=title, body=body))


def article() -> tuple[str, str]:
    """Give the title of the program's newest article, and its words as HTML."""
    import yaml
    from markdown_it import MarkdownIt

    path = Path(__file__).parents[1] / "content" / "articles" / "small-resistance.yaml"
    text = yaml.safe_load(path.read_text(encoding="utf-8"))["nl"]
    words = [value for block in text["body"] for value in block.values() if isinstance(value, str)]
    return text["title"], MarkdownIt().render("\n\n".join(words).replace("goes:", "/"))


def settings() -> str:
    """Give the name of its settings."""
    return f"{NAME}.settings.production"


def _run(folder: Path, *command: str) -> None:
    plain = {name: value for name, value in os.environ.items() if not name.startswith("KLEIN")}
    done = subprocess.run(
        [sys.executable, *command],
        cwd=folder,
        env=plain | {"DJANGO_SETTINGS_MODULE": settings()} if command[0] == "manage.py" else plain,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{done.stderr}")
