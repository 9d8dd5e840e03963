"""What is read is counted by page and by day; who reads is nobody's business."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import Page

from kleinverzet.world import articles, copies, counting, current, reads, robots, targets
from kleinverzet.world.articles import Article
from kleinverzet.world.counting import PageDay
from kleinverzet.world.reads import Reads
from tests.owners import make_owner, signed_in
from tests.world.asking import BROWSER, HOME, ask
from tests.world.desk import at_the_desk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site", "counted")]


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Begin to count anew, with copies as in the program itself."""
    monkeypatch.setattr(current, "is_settled", lambda: True)
    copies.store.clear()
    counting.tally.take()
    yield
    copies.store.clear()
    counting.tally.take()


def home() -> Any:
    return Page.objects.get(url_path="/home/")


def so_far() -> int:
    """Give how often the front page was read until now."""
    numbers = counting.tally.take()
    assert set(numbers) <= {PageDay(home().pk, timezone.localdate())}
    counting.tally.put_back(numbers)
    return sum(numbers.values())


def read(article: Article, days_ago: int, number: int) -> None:
    """Let an article have been read on a day before."""
    day = counting.days(timezone.now()).listed - timedelta(days=days_ago)
    Reads.objects.create(page=article.pk, day=day, number=number)


def test_every_reader_counts_with_a_copy_and_without() -> None:
    ask(HTTP_USER_AGENT=BROWSER)
    ask(HTTP_USER_AGENT=BROWSER)
    assert so_far() == 2
    ask(f"{HOME}?from=somewhere", HTTP_USER_AGENT=BROWSER)
    assert so_far() == 3


def test_who_is_signed_in_counts_and_who_works_here_does_not() -> None:
    pippa = signed_in(Client(SERVER_NAME="localhost"), make_owner(), vault_open=False)
    assert pippa.get(HOME, HTTP_USER_AGENT=BROWSER).status_code == 200
    assert so_far() == 1
    assert at_the_desk().get(HOME, HTTP_USER_AGENT=BROWSER).status_code == 200
    assert so_far() == 1


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"HTTP_USER_AGENT": ""},
        {"HTTP_USER_AGENT": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://google.com/bot.html)"},
        {"HTTP_USER_AGENT": "curl/8.5.0"},
        {"HTTP_USER_AGENT": BROWSER, "HTTP_SEC_PURPOSE": "prefetch;prerender"},
        {"HTTP_USER_AGENT": BROWSER, "HTTP_PURPOSE": "prefetch"},
        {"HTTP_USER_AGENT": BROWSER, "HTTP_X_MOZ": "prefetch"},
    ],
)
@pytest.mark.parametrize("path", [HOME, f"{HOME}?a=b"])
def test_robots_and_looks_ahead_do_not_count(said: dict[str, str], path: str) -> None:
    ask(path, **said)
    ask(path, **said)
    assert so_far() == 0


def test_a_head_a_page_one_has_and_one_that_is_not_there_do_not_count() -> None:
    etag = ask().headers["etag"]
    ask(method="HEAD", HTTP_USER_AGENT=BROWSER)
    ask(f"{HOME}?a=b", method="HEAD", HTTP_USER_AGENT=BROWSER)
    ask(HTTP_USER_AGENT=BROWSER, HTTP_IF_NONE_MATCH=etag)
    ask("/nergens/", HTTP_USER_AGENT=BROWSER)
    assert so_far() == 0


def test_a_preview_does_not_count_and_is_not_kept() -> None:
    page = home().specific
    answer = page.make_preview_request()
    assert answer.status_code == 200
    assert not copies.is_public(answer)
    draft = at_the_desk().get(f"/beheer/pages/{page.pk}/view_draft/", HTTP_USER_AGENT=BROWSER)
    assert draft.status_code == 200
    assert so_far() == 0
    assert copies.store.is_empty


@pytest.mark.parametrize(
    ("agent", "reads_it"),
    [
        (BROWSER, True),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1", True),
        ("Mozilla/5.0 (Linux; Android 11; CUBOT NOTE 20) Chrome/126.0 Mobile", True),
        ("Opera/9.80 (Android; Opera Mini/7.5) Presto/2.12", True),
        ("Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)", False),
        ("Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2)", False),
        ("facebookexternalhit/1.1", False),
        ("Mozilla/5.0 (X11; Linux x86_64) HeadlessChrome/126.0.0.0 Safari/537.36", False),
        ("python-requests/2.32", False),
        ("Feedly/1.0", False),
    ],
)
def test_a_program_says_of_itself_whether_a_person_reads(agent: str, reads_it: bool) -> None:
    assert robots.is_reader({"HTTP_USER_AGENT": agent}) is reads_it


def test_numbers_are_added_to_the_day() -> None:
    today = timezone.localdate()
    for _again in range(2):
        counting.tally.add(home().pk, today)
        counting.tally.add(home().pk, today)
        counting.tally.add(home().pk, today - timedelta(days=1))
        reads.write_down()
    reads.write_down()
    found = Counter({kept.day: kept.number for kept in Reads.objects.filter(page=home().pk)})
    assert found == Counter({today: 4, today - timedelta(days=1): 2})


def test_a_page_that_is_gone_holds_up_no_other() -> None:
    counting.tally.add(987_654, timezone.localdate())
    counting.tally.add(home().pk, timezone.localdate())
    reads.write_down()
    assert Reads.objects.get(page=home().pk).number == 1
    assert so_far() == 0
    assert len(reads.most_read(100)) == articles.of(targets.locale().pk).count()


def test_what_cannot_be_written_now_is_written_later(monkeypatch: pytest.MonkeyPatch) -> None:
    counting.tally.add(home().pk, timezone.localdate())
    with monkeypatch.context() as broken:
        broken.setattr(reads, "_ADD", "INSERT INTO nowhere VALUES (%s, %s, %s)")
        with pytest.raises(DatabaseError):
            reads.write_down()
    reads.write_down()
    assert Reads.objects.get(page=home().pk).number == 1


def test_nothing_but_a_page_a_day_and_a_number_is_kept() -> None:
    ask(HTTP_USER_AGENT=BROWSER, REMOTE_ADDR="203.0.113.7", HTTP_REFERER="https://from.example/")
    assert counting.tally.take() == {PageDay(home().pk, timezone.localdate()): 1}
    with connection.cursor() as cursor:
        columns = connection.introspection.get_table_description(cursor, "world_reads")
    assert {column.name for column in columns} == {"id", "page", "day", "number"}


def test_most_read_come_first_and_the_newest_fill_up() -> None:
    newest = list(articles.of(targets.locale().pk))
    assert reads.most_read(3) == newest[:3]
    read(newest[-1], 1, 2)
    read(newest[-1], 30, 2)
    read(newest[-2], 2, 3)
    assert reads.most_read(3) == [newest[-1], newest[-2], newest[0]]
    assert len(reads.most_read(100)) == len(newest)


def test_today_and_what_is_long_ago_do_not_weigh() -> None:
    newest = list(articles.of(targets.locale().pk))
    read(newest[-1], 0, 50)
    read(newest[-1], 31, 50)
    assert reads.most_read(2) == newest[:2]


def test_only_what_can_be_read_is_listed_in_each_language() -> None:
    last = list(articles.of(targets.locale().pk))[-1]
    read(last, 1, 9)
    last.unpublish()
    assert last not in reads.most_read(100)
    with override("en"):
        assert {one.locale.language_code for one in reads.most_read(100)} == {"en"}


def test_a_list_waits_after_midnight_until_all_is_written_down() -> None:
    here = ZoneInfo("Europe/Amsterdam")
    before = counting.days(datetime(2026, 11, 23, 0, 9, tzinfo=here))
    after = counting.days(datetime(2026, 11, 23, 0, 10, tzinfo=here))
    assert before == (date(2026, 11, 23), date(2026, 11, 22))
    assert after == (date(2026, 11, 23), date(2026, 11, 23))
    assert before != after


def test_numbers_are_forgotten_after_four_hundred_days() -> None:
    today = timezone.localdate()
    for age in (399, 400, 401, 900):
        Reads.objects.create(page=home().pk, day=today - timedelta(days=age), number=1)
    reads.forget_old(timezone.now())
    kept = Reads.objects.values_list("day", flat=True)
    assert sorted((today - day).days for day in kept) == [399, 400]
