"""Pages appear and disappear when they were planned to, once, and without anybody there."""

import threading
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page, PageLogEntry

from kleinverzet.world import current, scheduled
from kleinverzet.world.articles import Article

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]


def planned(title: str, *, at: datetime, ends: datetime | None = None) -> Any:
    """Give an article that is out, and of which another version is to come out."""
    article = Article.objects.live().order_by("pk").first()
    article.save_revision().publish()
    article.refresh_from_db()
    article.title, article.go_live_at, article.expire_at = title, at, ends
    article.save_revision().publish()
    return article


def now_shown(article: Article) -> Any:
    return Article.objects.get(pk=article.pk)


def test_a_planned_version_comes_out_at_its_moment_and_not_before() -> None:
    moment = timezone.now() + timedelta(hours=1)
    article = planned("Straks", at=moment)
    before = current.edition()
    scheduled.do_due(moment - timedelta(seconds=1))
    assert now_shown(article).title != "Straks"
    assert current.edition() == before
    with pytest.MonkeyPatch.context() as clock:
        clock.setattr(timezone, "now", lambda: moment + timedelta(seconds=1))
        scheduled.do_due(timezone.now())
    assert now_shown(article).title == "Straks"
    assert current.edition() > before


def test_a_page_disappears_when_its_time_is_over() -> None:
    article = Article.objects.live().order_by("pk").first()
    article.expire_at = timezone.now() + timedelta(hours=1)
    article.save_revision().publish()
    before = current.edition()
    scheduled.do_due(article.expire_at + timedelta(seconds=1))
    kept = now_shown(article)
    assert (kept.live, kept.expired) == (False, True)
    assert current.edition() > before


def test_where_nothing_is_due_it_only_reads_twice() -> None:
    planned("Straks", at=timezone.now() + timedelta(hours=1))
    with CaptureQueriesContext(connection) as asked:
        scheduled.do_due(timezone.now())
    assert len(asked) == 2
    assert all(query["sql"].startswith("SELECT") for query in asked)


def test_one_page_that_fails_holds_up_no_other(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    moment = timezone.now() + timedelta(seconds=1)
    first, second = Article.objects.live().order_by("pk")[:2]
    for article in (first, second):
        article.expire_at = moment
        article.save_revision().publish()
    withdraw = Page.unpublish

    def fail_for_one(page: Page, *args: Any, **kwargs: Any) -> None:
        withdraw(page, *args, **kwargs)
        if page.pk == first.pk:
            raise RuntimeError("half done")

    monkeypatch.setattr(Page, "unpublish", fail_for_one)
    scheduled.do_due(moment + timedelta(seconds=1))
    assert (now_shown(first).live, now_shown(second).live) == (True, False)
    assert "planned page" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_two_programs_that_look_at_once_publish_once(site: None) -> None:
    moment = timezone.now() + timedelta(hours=1)
    article = planned("Straks", at=moment)
    together = threading.Barrier(2)

    def look() -> None:
        together.wait()
        scheduled.do_due(timezone.now())
        connection.close()

    programs = [threading.Thread(target=look) for _ in range(2)]
    with pytest.MonkeyPatch.context() as clock:
        clock.setattr(timezone, "now", lambda: moment + timedelta(seconds=1))
        for program in programs:
            program.start()
        for program in programs:
            program.join()
    published = PageLogEntry.objects.filter(page=article.pk, action="wagtail.publish.scheduled")
    assert published.count() == 1
    assert now_shown(article).title == "Straks"
