"""The servers that benches compare, on one and the same set-up.

`python -m bench.servers program|django|inserting PORT --threads N [--data DIR]`: the real program,
or a Django project with one view and no middleware that says hello or inserts one row, all served
by `kleinverzet.serving.serve`.
"""

import argparse
import os
from pathlib import Path


def main() -> None:
    """Serve until told to stop."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("which", choices=("program", "django", "inserting"))
    parser.add_argument("port", type=int)
    parser.add_argument("--threads", type=int, help="blocking threads (as the program has them)")
    parser.add_argument("--data", type=Path, help="the program's data folder")
    options = parser.parse_args()
    prepare = {"program": _prepare_program, "django": _prepare_django, "inserting": _prepare_rows}
    prepare[options.which](options)

    from kleinverzet import serving

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
        ROOT_URLCONF=(path("cirkel/", hello),), ALLOWED_HOSTS=["*"], MIDDLEWARE=[], USE_I18N=False
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


if __name__ == "__main__":
    main()
