"""Every answer is hardened, whatever it is."""

import subprocess
import sys

import pytest
from django.test import Client

from kleinverzet.environment import read as read_environment

pytestmark = pytest.mark.usefixtures("site")
PAGES = ("/", "/en/", "/cirkel/", "/en/circle/", "/is-er-niet/")
POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "font-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
}


@pytest.mark.parametrize("address", PAGES)
def test_the_content_policy_allows_our_own_and_nothing_else(address: str) -> None:
    policy = Client().get(address)["Content-Security-Policy"]
    assert set(policy.split("; ")) == POLICY
    assert "unsafe" not in policy


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
        ("Referrer-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Cross-Origin-Embedder-Policy", "require-corp"),
    ],
)
def test_the_usual_hardening_is_on(address: str, header: str, value: str) -> None:
    assert Client().get(address)[header] == value


def test_pages_too_large_and_wrong_hosts_are_hardened_as_well() -> None:
    client = Client(raise_request_exception=False)
    large = client.post("/cirkel/", {"words": "x" * 100_000})
    stranger = client.get("/", headers={"host": "evil.example"})
    for answer in (large, stranger):
        assert set(answer["Content-Security-Policy"].split("; ")) == POLICY
        assert answer["X-Content-Type-Options"] == "nosniff"


def test_no_camera_no_microphone_no_place() -> None:
    allowed = Client().get("/")["Permissions-Policy"]
    assert {"camera=()", "microphone=()", "geolocation=()"} <= set(allowed.split(", "))


def test_over_https_browsers_are_told_to_stay_there() -> None:
    """With an https address in the environment: HSTS, secure cookies, and http sent on."""
    code = (
        "import django; django.setup()\n"
        "from django.conf import settings as s\n"
        "from django.test import Client\n"
        "plain = Client().get('/cirkel/', headers={'host': 'verzet.example'})\n"
        "told = {'host': 'verzet.example', 'x-forwarded-proto': 'https'}\n"
        "safe = Client().get('/cirkel/', headers=told)\n"
        "print(plain.status_code, plain['Location'], safe.status_code,\n"
        "      safe['Strict-Transport-Security'], s.CSRF_COOKIE_SECURE, s.SESSION_COOKIE_SECURE,\n"
        "      'upgrade-insecure-requests' in safe['Content-Security-Policy'], sep='|')\n"
    )
    said = subprocess.run(
        [sys.executable, "-c", code],
        env={
            "PYTHONPATH": "src",
            "DJANGO_SETTINGS_MODULE": "kleinverzet.settings",
            "KLEINVERZET_ORIGIN": "https://verzet.example",
            "KLEINVERZET_DATA": str(read_environment().data),
            "PATH": "",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert said.stdout.strip() == (
        "301|https://verzet.example/cirkel/|200|max-age=63072000; includeSubDomains|True|True|True"
    ), said.stderr
