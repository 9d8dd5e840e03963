"""The servers that benches compare, on one and the same set-up.

`python -m bench.servers program|django|inserting|hello|wagtail|appointment PORT --threads N [--data
DIR]`: the real program; a Django project with one view and no middleware that says hello or inserts
one row; a bare WSGI application that says hello; a stock Wagtail site; or a stock
django-appointment. All are served by `kleinverzet.serving.serve`.
"""

import argparse
import os
import sys
from pathlib import Path
from typing import Any

# What `serving` asks of settings before it reads a body.
LIMITS: dict[str, Any] = {"FORM_BYTES": 64 * 1024, "LARGE_BODIES": {}}


def main() -> None:
    """Serve until told to stop."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("which", choices=tuple(PREPARE))
    parser.add_argument("port", type=int)
    parser.add_argument("--threads", type=int, help="blocking threads (as the program has them)")
    parser.add_argument("--data", type=Path, help="the program's data folder")
    options = parser.parse_args()
    PREPARE[options.which](options)

    from kleinverzet import serving

    if options.which == "hello":
        serving.application = _hello  # type: ignore[assignment]

    serving.THREADS = options.threads or serving.THREADS
    serving.serve("127.0.0.1", options.port, when_ready=lambda _status: None)
    serving.leave()


def _prepare_program(options: argparse.Namespace) -> None:
    """Do what `kleinverzet start` does before it serves."""
    os.environ["KLEINVERZET_DATA"] = str(options.data)
    os.environ["KLEINVERZET_ORIGIN"] = f"http://localhost:{options.port}"
    from kleinverzet import environment, preparing

    preparing.prepare(environment.read(), say=lambda _line: None)


def _prepare_django(options: argparse.Namespace) -> None:
    """Settle Django on one bare view, at the address where `serving` looks whether it is ready."""
    from django.conf import settings
    from django.http import HttpRequest, HttpResponse
    from django.urls import path

    def hello(request: HttpRequest) -> HttpResponse:
        # With its length, as the program's answers have it: both then go out in one piece.
        return HttpResponse("hello", headers={"Content-Length": "5"})

    settings.configure(
        ROOT_URLCONF=(path("cirkel/", hello),),
        ALLOWED_HOSTS=["*"],
        MIDDLEWARE=[],
        USE_I18N=False,
        **LIMITS,
    )


def _prepare_rows(options: argparse.Namespace) -> None:
    """Settle Django on one view that inserts a row, with the program's own SQLite settings."""
    import django
    from django.conf import settings
    from django.db import connection, models
    from django.http import HttpRequest, HttpResponse
    from django.urls import path

    settings.configure(
        ALLOWED_HOSTS=["*"],
        MIDDLEWARE=[],
        USE_I18N=False,
        **LIMITS,
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": options.data / "rows.sqlite3",
                "OPTIONS": {
                    "transaction_mode": "IMMEDIATE",
                    "timeout": 20,
                    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
                    "PRAGMA secure_delete=ON;",
                },
            }
        },
    )
    django.setup()

    class Row(models.Model):
        words = models.TextField()

        class Meta:
            app_label = "rows"

    def insert(request: HttpRequest) -> HttpResponse:
        if request.method == "POST":
            Row.objects.create(words=request.POST["words"])
        return HttpResponse("hello", headers={"Content-Length": "5"})

    with connection.schema_editor() as editor:
        editor.create_model(Row)
    settings.ROOT_URLCONF = (path("cirkel/", insert),)


def _prepare_wagtail(options: argparse.Namespace) -> None:
    """Make the stock site, and serve that; its text is that of our newest article."""
    from bench import stock

    title, body = stock.article()
    stock.make(options.data, title=title, body=body)
    sys.path.insert(0, str(options.data))
    os.environ["DJANGO_SETTINGS_MODULE"] = stock.settings()


def _prepare_appointment(options: argparse.Namespace) -> None:
    """Be the site that `rival` made and filled before."""
    from bench import rival

    rival.enter(options.data)


def _hello(environ: dict[str, Any], start_response: Any) -> list[bytes]:
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "5")])
    return [b"hello"]


PREPARE = {
    "program": _prepare_program,
    "django": _prepare_django,
    "inserting": _prepare_rows,
    "hello": _prepare_django,
    "wagtail": _prepare_wagtail,
    "appointment": _prepare_appointment,
}

if __name__ == "__main__":
    main()
