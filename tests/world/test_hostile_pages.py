"""A forged form at the desk: what could run on a page never reaches it, whatever a form says."""

import json
from typing import Any

import pytest
from django.test import Client

from kleinverzet.world.articles import Article
from kleinverzet.world.listing import ArticleIndex
from tests.owners import make_owner, signed_in
from tests.world.desk import at_the_desk, make_editor

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("site"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]

MARKUP = """<script>alert(1)</script><img src=x onerror=alert(1)><iframe src="//evil.example">"""
LINKS = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " javascript:alert(1)",
    "java\tscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
]
RUNS = (
    "<script>", "onerror=alert", "<iframe", "onclick=", "javascript:", "vbscript:", "data:text/html"
)  # fmt: skip
# What Wagtail's form sends of comments, where there are none.
NO_COMMENTS = {
    "comments-TOTAL_FORMS": "0",
    "comments-INITIAL_FORMS": "0",
    "comments-MIN_NUM_FORMS": "0",
    "comments-MAX_NUM_FORMS": "",
}


@pytest.fixture
def client() -> Client:
    """A browser in which an editor is signed in."""
    return at_the_desk()


def rich(text: str, entity: dict[str, Any] | None = None, kind: str = "unstyled") -> str:
    """Give what the desk's field for text sends."""
    ranges = [{"key": 0, "offset": 0, "length": len(text)}] if entity else []
    block = {"key": "aaaaa", "text": text, "type": kind, "depth": 0, "inlineStyleRanges": [],
             "entityRanges": ranges, "data": {"onclick": "alert(1)"}}  # fmt: skip
    return json.dumps({"blocks": [block], "entityMap": {"0": entity} if entity else {}})


def form(*blocks: tuple[str, dict[str, str]], **more: str) -> dict[str, str]:
    """Give an article as the desk's form sends it."""
    sent = {
        "title": "Gewoon",
        "slug": "gewoon",
        "lead": "Een zin.",
        "body-count": str(len(blocks)),
        "action-publish": "action-publish",
        **NO_COMMENTS,
    }
    for number, (kind, values) in enumerate(blocks):
        before = f"body-{number}"
        sent |= {f"{before}-deleted": "", f"{before}-order": str(number), f"{before}-type": kind,
                 f"{before}-id": ""}  # fmt: skip
        sent |= {f"{before}-value{name}": value for name, value in values.items()}
    return {**sent, **more}


def send(client: Client, sent: dict[str, str]) -> Any:
    listing = ArticleIndex.objects.get(locale__language_code="nl")
    return client.post(f"/beheer/pages/add/world/article/{listing.pk}/", sent)


def published() -> Article:
    return Article.objects.get(slug="gewoon", live=True)


def page_of(article: Article) -> str:
    return Client(SERVER_NAME="localhost").get(article.url).content.decode()


def holds_nothing_that_runs(html: str) -> bool:
    low = html.lower()
    return not any(part in low for part in RUNS)


def test_an_honest_form_is_taken_so_that_the_others_mean_something(client: Client) -> None:
    entity = {"type": "LINK", "mutability": "MUTABLE", "data": {"url": "https://example.org/"}}
    send(client, form(("text", {"": rich("Lees dit", entity)})))
    assert '<a href="https://example.org/">Lees dit</a>' in page_of(published())


def test_markup_in_every_kind_of_text_is_shown_as_words(client: Client) -> None:
    blocks = [
        ("first", {"": MARKUP}),
        ("text", {"": rich(MARKUP)}),
        ("quote", {"": MARKUP[:100]}),
        ("source", {"": rich(MARKUP)}),
        ("question", {"-question": MARKUP, "-answer": rich(MARKUP)}),
        (
            "number",
            {"-value": "<b>5</b>", "-what": MARKUP, "-definition": MARKUP, "-source": MARKUP},
        ),
    ]
    answer = send(client, form(*blocks, title="Gewoon <script>", lead=MARKUP))
    assert answer.status_code == 302, answer.content.decode()[-2000:]
    for stored in (str(published().body.raw_data[1]["value"]), page_of(published())):
        assert "<script>alert" not in stored
        assert "<iframe" not in stored
        assert "<img src=x" not in stored
    assert "&lt;script&gt;alert(1)" in page_of(published())


@pytest.mark.parametrize("link", LINKS)
def test_a_link_that_runs_something_is_taken_out(client: Client, link: str) -> None:
    entity = {"type": "LINK", "mutability": "MUTABLE", "data": {"url": link, "onclick": "alert(1)"}}
    send(client, form(("text", {"": rich("Druk hier", entity)})))
    article = published()
    assert "Druk hier" in page_of(article)
    assert holds_nothing_that_runs(str(article.body.raw_data[0]["value"]))
    assert holds_nothing_that_runs(page_of(article).split("<main", 1)[1])


@pytest.mark.parametrize("link", LINKS[:3])
def test_a_source_that_runs_something_is_refused(client: Client, link: str) -> None:
    values = {"-value": "5", "-what": "w", "-definition": "d", "-source": "s", "-link": link}
    answer = send(client, form(("number", values)))
    assert answer.status_code == 200
    assert not Article.objects.filter(slug="gewoon").exists()


@pytest.mark.parametrize("kind", ["EMBED", "IMAGE", "HORIZONTAL_RULE", "DOCUMENT", "SCRIPT"])
def test_what_nobody_may_put_in_a_text_is_left_out(client: Client, kind: str) -> None:
    data = {"url": "https://evil.example/", "src": "x", "html": MARKUP, "id": 1, "alt": MARKUP}
    entity = {"type": kind, "mutability": "IMMUTABLE", "data": data}
    for shape in ("atomic", "unstyled"):
        send(client, form(("quote", {"": "Gewoon"}), ("text", {"": rich("Gewoon", entity, shape)})))
        for article in Article.objects.filter(slug="gewoon"):
            for html in (str(article.body.raw_data), page_of(article).split("<main", 1)[1]):
                assert "evil.example" not in html
                assert "<embed" not in html
                assert holds_nothing_that_runs(html)
    assert published().body


@pytest.mark.parametrize("kind", ["html", "embed", "raw", "circle", "../text", "__class__"])
def test_a_block_of_an_unknown_kind_is_left_out(client: Client, kind: str) -> None:
    send(client, form((kind, {"": MARKUP}), ("quote", {"": "Blijft staan."})))
    article = Article.objects.get(slug="gewoon")
    assert [block.block_type for block in article.body] == ["quote"]
    assert "alert(1)" not in str(article.body.raw_data)


@pytest.mark.parametrize(
    "said", ["", "geen json", "[]", "{}", "null", '{"blocks": 5}', "[" * 5_000, '"' + "a" * 1_000],
    ids=["empty", "words", "list", "object", "null", "number", "deep", "unfinished"],
)  # fmt: skip
def test_what_is_no_text_at_all_breaks_nothing(client: Client, said: str) -> None:
    answer = send(client, form(("text", {"": said})))
    assert answer.status_code in {200, 302, 400}
    assert Client(SERVER_NAME="localhost").get("/").status_code == 200


def test_more_than_two_megabytes_is_refused_before_it_is_read(client: Client) -> None:
    sent = form(("text", {"": rich("a" * 2_100_000)}))
    assert send(client, sent).status_code == 413


def test_a_long_page_fits(client: Client) -> None:
    blocks = [("first", {"": "Een alinea van gewone lengte. " * 20})] * 400
    answer = send(client, form(*blocks))
    assert answer.status_code == 302
    assert len(published().body) == 400


def test_too_many_fields_are_refused_also_at_the_desk(client: Client) -> None:
    sent = form(**{f"x{number}": "" for number in range(10_001)})
    assert send(client, sent).status_code == 400


def test_nobody_else_may_send_as_much_as_an_editor() -> None:
    reader = signed_in(Client(SERVER_NAME="localhost"), make_owner("Pippa Pluis"))
    body = b"a=" + b"a" * 70_000
    kind = "application/x-www-form-urlencoded"
    for somebody in (reader, Client(SERVER_NAME="localhost")):
        for path in ("/beheer/images/add/", "/beheer/pages/add/world/article/5/", "/cirkel/"):
            assert somebody.post(path, body, content_type=kind).status_code == 413, path
        fields = {f"x{number}": "1" for number in range(201)}
        assert somebody.post("/cirkel/", fields).status_code == 400
    editor = at_the_desk(make_editor("Otto Oever"))
    assert editor.post("/cirkel/", body, content_type=kind).status_code == 413
    assert editor.post("/cirkel/", fields).status_code == 400


def test_the_server_asks_nobody_for_what_a_text_points_at() -> None:
    from django.apps import apps
    from wagtail.rich_text import features

    assert not apps.is_installed("wagtail.embeds")
    assert not apps.is_installed("wagtail.documents")
    assert "embed" not in features.get_default_features()
