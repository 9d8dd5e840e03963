"""Articles are listed a sheet at a time, by topic and by month; each list has one address."""

from datetime import date

import pytest
from django.test import Client

from kleinverzet.world import articles, listing, targets
from kleinverzet.world.articles import Article
from kleinverzet.world.listing import A_SHEET, ArticleIndex

pytestmark = pytest.mark.usefixtures("site")


@pytest.fixture
def many() -> ArticleIndex:
    """Give the Dutch list with more articles than two sheets hold."""
    index = ArticleIndex.objects.get(locale=targets.locale())
    for n in range(2 * A_SHEET):
        article = Article(
            title=f"Stuk {n}", slug=f"stuk-{n}", locale=index.locale, day=date(2025, 1 + n % 12, 3)
        )
        index.add_child(instance=article)
    return index


def _get(address: str) -> Client:
    return Client(SERVER_NAME="localhost").get(address)


def test_every_article_stands_on_exactly_one_sheet(many: ArticleIndex) -> None:
    address, seen = many.url, []
    while address:
        shelf = _get(address).context["shelf"]
        seen += [one.pk for one in shelf.sheet]
        address = shelf.after
    assert sorted(seen) == sorted(articles.of(many.locale_id).values_list("pk", flat=True))


def test_the_newest_comes_first(many: ArticleIndex) -> None:
    days = [one.shown_on for one in articles.of(many.locale_id)]
    assert days == sorted(days, reverse=True)


def test_one_goes_back_as_one_came(many: ArticleIndex) -> None:
    second = _get(many.url).context["shelf"].after
    third = _get(second).context["shelf"].after
    assert _get(third).context["shelf"].before == second
    assert _get(second).context["shelf"].before == many.url
    assert _get(many.url).context["shelf"].before == ""


@pytest.mark.parametrize(
    "address",
    [
        "/artikelen/pagina/1/",
        "/artikelen/pagina/99/",
        "/artikelen/page/2/",
        "/artikelen/topic/klein-verzet/",
        "/artikelen/onderwerp/small-resistance/",
        "/artikelen/onderwerp/is-er-niet/",
        "/artikelen/1999/11/",
        "/artikelen/2024/02/",
        "/artikelen/2025/13/",
        "/en/articles/pagina/2/",
    ],
)
def test_a_list_has_one_address_and_no_other(many: ArticleIndex, address: str) -> None:
    assert _get(address).status_code == 404


def test_a_topic_shows_its_own_articles_only(many: ArticleIndex) -> None:
    for way in listing.topics(many):
        shelf = _get(way.address).context["shelf"]
        assert {str(one.topic) for one in shelf.sheet} == {way.name}
        assert len(shelf.sheet) == way.count


def test_a_month_shows_its_own_articles_only(many: ArticleIndex) -> None:
    ways = listing.months(many)
    assert sum(way.count for way in ways) == articles.of(many.locale_id).count()
    for way in ways:
        shelf = _get(way.address).context["shelf"]
        assert len({(one.shown_on.year, one.shown_on.month) for one in shelf.sheet}) == 1
        assert len(shelf.sheet) == way.count


def test_related_articles_share_the_topic_first_and_never_hold_the_article_itself(
    many: ArticleIndex,
) -> None:
    for one in articles.of(many.locale_id):
        found = one.related()
        assert one not in found
        assert len(found) == 3
        same = [other.topic_id == one.topic_id for other in found]
        assert same == sorted(same, reverse=True)


def test_reading_takes_a_minute_for_every_two_hundred_words(many: ArticleIndex) -> None:
    for one in articles.of(many.locale_id).filter(day__year=2026):
        words = len(one.body.stream_block.render_basic(one.body).split())
        assert 3 <= one.minutes <= 7 or words < 400


def test_an_article_without_an_author_is_signed_by_the_practice(many: ArticleIndex) -> None:
    one = articles.newest(1)[0]
    assert one.signed_by == "Better Together Coaching"
    one.author = "Een gast"
    assert one.signed_by == "Een gast"
