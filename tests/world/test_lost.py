"""Somebody comes to an address where nothing is."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import pytest
from django.db import OperationalError, connections
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Page

from kleinverzet.world import copies

pytestmark = pytest.mark.usefixtures("site")

NOWHERE = "/hier-is-werkelijk-niets/"


def test_the_page_says_what_happened_and_where_to_look(client: Client) -> None:
    response = client.get(NOWHERE)
    assert response.status_code == 404
    main = _main(response)
    assert "Deze pagina is er niet" in main
    assert f'method="post" action="{reverse("world:search")}"' in main
    for address in (reverse("me:circle"), reverse("world:acts"), _page("articleindex").url):
        assert f'href="{address}"' in main


def test_it_speaks_the_language_of_the_address(client: Client) -> None:
    response = client.get(f"/en{NOWHERE}")
    assert '<html lang="en">' in response.content.decode()
    with override("en"):
        assert f'href="{reverse("me:circle")}"' in _main(response)


@pytest.mark.parametrize("typed", ["artikel", "artikelem", "artikelen.html", "ARTIKELEN"])
def test_an_address_that_looks_like_one_of_ours_is_offered(client: Client, typed: str) -> None:
    page = _page("articleindex")
    assert page.slug == "artikelen"
    assert f'lost__near">Bedoel je deze? <br><a href="{page.url}"' in _main(
        client.get(f"/{typed}", follow=True)
    )


def test_a_draft_is_not_offered(client: Client) -> None:
    page = _page("articleindex")
    page.unpublish()
    assert "lost__near" not in _main(client.get("/artikelem/"))


def test_it_never_counts_as_a_good_answer(client: Client) -> None:
    response = client.get(NOWHERE)
    assert not copies.is_public(response)
    assert "no-store" in response["Cache-Control"]
    assert not response.cookies


def test_search_engines_do_not_keep_it(client: Client) -> None:
    head = client.get(NOWHERE).content.decode().partition("</head>")[0]
    assert '<meta name="robots" content="noindex">' in head
    assert "canonical" not in head


@pytest.mark.parametrize(
    "address",
    ["/wp-login.php", "/x" * 900, "/%00/", "/%ff%fe/", "/../../etc/passwd", "/en/%22%3E%3Cb%3E/"],
)
def test_whatever_is_asked_for_gets_the_page(client: Client, address: str) -> None:
    response = client.get(address, follow=True)
    assert response.status_code == 404
    assert "<b>" not in _main(response)


def test_it_says_so_while_the_database_is_down(client: Client) -> None:
    with _no_database():
        response = client.get("/favicon.ico")
    assert response.status_code == 404
    page = response.content.decode()
    assert "Deze pagina is er niet" in page
    assert f'href="{reverse("me:circle")}"' in page
    assert "no-store" in response["Cache-Control"]


@contextmanager
def _no_database() -> Iterator[None]:
    def refuse(*said: Any) -> Any:
        raise OperationalError("the database is down")

    with ExitStack() as stack:
        for connection in connections.all():
            stack.enter_context(connection.execute_wrapper(refuse))
        yield


def _page(kind: str) -> Page:
    return Page.objects.get(locale__language_code="nl", **{f"{kind}__isnull": False})


def _main(response: Any) -> str:
    return str(response.content.decode().partition('<main id="main"')[2].partition("</main>")[0])
