"""A stock django-appointment, with one member of staff and three services: a peer for open times.

It is installed into a folder that is thrown away, in the exact versions and with the hashes of
`appointment/requirements.txt`; Django and the rest are the program's own, so both run on the same.
Nothing of it is changed: these are its own views and functions, with its own settings.
"""

import json
import os
import subprocess
import sys
import time
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

LOCK = Path(__file__).with_name("appointment") / "requirements.txt"
SERVICES = 3
SETTINGS = """
from pathlib import Path

SECRET_KEY = "only for a folder that is thrown away"
ALLOWED_HOSTS = ["*"]
USE_TZ, TIME_ZONE, LANGUAGE_CODE = True, "Europe/Amsterdam", "en"
ROOT_URLCONF = "rival_urls"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
INSTALLED_APPS = [
    "django.contrib.admin", "django.contrib.auth", "django.contrib.contenttypes",
    "django.contrib.sessions", "django.contrib.messages", "django.contrib.staticfiles",
    "appointment",
]
# As `django-admin startproject` has them, with the one for languages that the package asks for.
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
TEMPLATES = [{
    "BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True,
    "OPTIONS": {"context_processors": [
        "django.template.context_processors.request",
        "django.contrib.auth.context_processors.auth",
        "django.contrib.messages.context_processors.messages",
    ]},
}]
DATABASES = {"default": {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": Path(__file__).with_name("rival.sqlite3"),
    "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"},
}}
LOGGING = {"version": 1, "disable_existing_loggers": False, "root": {"level": "ERROR"}}
APPOINTMENT_SLOT_DURATION, APPOINTMENT_BUFFER_TIME = 15, 0
FORM_BYTES, LARGE_BODIES = 64 * 1024, {}
"""
# Its own addresses, and the one where the server looks whether it is ready.
URLS = """
from django.http import HttpResponse
from django.urls import include, path

urlpatterns = [
    path("cirkel/", lambda request: HttpResponse("ready")),
    path("appointment/", include("appointment.urls")),
]
"""


def install(folder: Path) -> None:
    """Install it into an empty folder; ends the bench with pip's own words where that fails."""
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--require-hashes",
               "--only-binary", ":all:", "--target", str(folder), "-r", str(LOCK)]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"django-appointment could not be installed:\n{done.stderr}")
    (folder / "rival_settings.py").write_text(SETTINGS)
    (folder / "rival_urls.py").write_text(URLS)


def enter(folder: Path) -> None:
    """Let this process be the peer."""
    import django

    sys.path.insert(0, str(folder))
    os.environ["DJANGO_SETTINGS_MODULE"] = "rival_settings"
    django.setup()


def fill(folder: Path, appointments: Path) -> None:
    """Make its tables in a process of its own, with these appointments (see `agendas.plan`)."""
    _run(folder, "fill", str(appointments))


def alone(folder: Path, first: date, days: int, rounds: int) -> dict[str, Any]:
    """Measure its own function for the open times of a day, for each day, without HTTP."""
    told = _run(folder, "alone", str(first), str(days), str(rounds))
    return dict(json.loads(told.splitlines()[-1]))


def _run(folder: Path, *command: str) -> str:
    plain = {name: value for name, value in os.environ.items() if not name.startswith("KLEIN")}
    done = subprocess.run(
        [sys.executable, "-m", "bench.rival", str(folder), *command],
        env=plain, capture_output=True, text=True,
    )  # fmt: skip
    if done.returncode:
        sys.exit(f"the peer failed at {command[0]}:\n{done.stderr}")
    return done.stdout


def _fill(path: Path) -> None:
    from appointment.models import (  # type: ignore[import-not-found]
        Appointment,
        AppointmentRequest,
        Config,
        Service,
        StaffMember,
        WorkingHours,
    )  # fmt: skip
    from django.contrib.auth import get_user_model
    from django.core.management import call_command

    # The package comes without migrations: everybody makes their own.
    call_command("makemigrations", "appointment", verbosity=0)
    call_command("migrate", verbosity=0)
    users = get_user_model().objects
    staff = StaffMember.objects.create(
        user=users.create(username="staff", first_name="Cora"), slot_duration=15,
        appointment_buffer_time=0,
    )  # fmt: skip
    Config.objects.create(slot_duration=15, appointment_buffer_time=0)
    client = users.create(username="client", first_name="Pip")
    services = []
    for name in ("online", "home", "practice"):
        services.append(Service.objects.create(name=name, duration=timedelta(hours=1), price=0))
        staff.services_offered.add(services[-1])
    for weekday in range(1, 6):
        WorkingHours.objects.create(
            staff_member=staff, day_of_week=weekday, start_time="09:00", end_time="17:00"
        )
    for number, text in enumerate(json.loads(path.read_text())):
        start = datetime.fromisoformat(text)
        request = AppointmentRequest(
            date=start.date(), start_time=start.time(), staff_member=staff,
            end_time=(start + timedelta(hours=1)).time(), service=services[number % SERVICES],
            id_request=f"r{number}",
        )  # fmt: skip
        AppointmentRequest.objects.bulk_create([request])
        Appointment.objects.bulk_create(
            [Appointment(client=client, appointment_request=request, id_request=f"a{number}")]
        )


def _alone(first: date, days: int, rounds: int) -> dict[str, Any]:
    """Ask for each day and each service, as its own view for one day does."""
    from appointment.models import Service, StaffMember
    from appointment.services import (  # type: ignore[import-not-found]
        get_available_slots_for_staff,
    )
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    staff, services = StaffMember.objects.get(), list(Service.objects.all())

    def month(service: Any) -> int:
        dates = [first + timedelta(days=day) for day in range(days)]
        return sum(
            len(get_available_slots_for_staff(one, staff, (one.weekday() + 1) % 7, service=service))
            for one in dates
        )

    with CaptureQueriesContext(
        connection,
    ) as asked:
        found = month(services[0])
    seen = []
    for _ in range(rounds):
        began, computed = time.perf_counter(), time.process_time()
        for service in services:
            month(service)
        took, cpu = time.perf_counter() - began, time.process_time() - computed
        seen.append((took * 1000, cpu * 1000))
    return {"queries_a_month_and_service": len(asked), "open": found, "took": seen}


def main() -> None:
    """Do one of its parts in a process that is the peer."""
    folder, what, *more = sys.argv[1:]
    enter(Path(folder))
    if what == "fill":
        _fill(Path(more[0]))
    else:
        print(json.dumps(_alone(date.fromisoformat(more[0]), int(more[1]), int(more[2]))))


if __name__ == "__main__":
    main()
