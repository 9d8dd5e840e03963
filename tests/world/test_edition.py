"""The number of the edition rises with what the public sees, and with nothing else."""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image as Picture
from wagtail.admin.views.pages.unpublish import UnpublishView
from wagtail.contrib.redirects.models import Redirect
from wagtail.images import get_image_model
from wagtail.models import Comment, Locale, Page, PageLogEntry, PageViewRestriction, Site

from kleinverzet.world import counting, current, edition, reads
from kleinverzet.world.articles import Article, Topic
from kleinverzet.world.practice import Practice
from kleinverzet.world.targets import Place
from kleinverzet.world.towns import Region, Town
from tests.world.desk import at_the_desk, make_editor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]


@contextmanager
def turning() -> Iterator[None]:
    """Fail unless the edition turns in here."""
    before = current.edition()
    yield
    assert current.edition() > before


@contextmanager
def staying() -> Iterator[None]:
    """Fail if the edition turns in here."""
    before = current.edition()
    yield
    assert current.edition() == before


def an_article() -> Any:
    """Give an article that is out."""
    return Article.objects.live().order_by("pk").first()


def an_image() -> Any:
    """Give an image that was just sent in."""
    held = io.BytesIO()
    Picture.new("RGB", (40, 30), "white").save(held, "PNG")
    file = SimpleUploadedFile("stone.png", held.getvalue(), "image/png")
    return get_image_model().objects.create(title="Steen", file=file)


def test_publishing_turns_it_and_a_draft_does_not() -> None:
    article = an_article()
    article.title = "Een andere titel"
    with staying():
        revision = article.save_revision()
    with turning():
        revision.publish()


def test_a_new_article_turns_it_once_it_is_out() -> None:
    listing = an_article().get_parent()
    with staying():
        article = listing.add_child(
            instance=Article(title="Nieuw", slug="nieuw", live=False, lead="Nog even niet.")
        )
        revision = article.save_revision()
    with turning():
        revision.publish()


def test_what_is_planned_does_not_turn_it_before_its_time() -> None:
    article = an_article()
    article.save_revision().publish()
    article.refresh_from_db()
    article.go_live_at = timezone.now() + timedelta(days=1)
    with staying():
        article.save_revision().publish()


def test_withdrawing_turns_it() -> None:
    with turning():
        an_article().unpublish()


def test_deleting_turns_it_when_the_page_was_out() -> None:
    with turning():
        an_article().delete()


def test_deleting_a_draft_does_not_turn_it() -> None:
    article = an_article()
    article.unpublish()
    with staying():
        Page.objects.get(pk=article.pk).delete()


def test_a_page_with_pages_under_it_turns_it_when_it_goes() -> None:
    listing = an_article().get_parent()
    with turning():
        listing.delete()


def test_moving_and_reordering_turn_it() -> None:
    first, second = Article.objects.live().child_of(an_article().get_parent())[:2]
    with turning():
        second.move(first, pos="left")


def test_a_new_address_turns_it() -> None:
    article = an_article()
    article.slug = "een-ander-adres"
    with turning():
        article.save_revision().publish()


CHANGES: list[Callable[[], object]] = [
    lambda: Practice.load().save(),
    lambda: Town.objects.all()[0].save(),
    lambda: Town.objects.all()[0].delete(),
    lambda: Region.objects.create(key="eiland", name_nl="Eiland", name_en="Island"),
    lambda: Topic.objects.all()[0].save(),
    lambda: Place.objects.all()[0].delete(),
    lambda: Site.objects.all()[0].save(),
    lambda: Locale.objects.create(language_code="fr"),
    lambda: Redirect.objects.create(old_path="/oud", redirect_link="/"),
    lambda: an_image(),
    lambda: PageViewRestriction.objects.create(page=an_article(), restriction_type="login"),
]


@pytest.mark.parametrize("change", CHANGES)
def test_what_pages_are_made_of_turns_it(change: Callable[[], object]) -> None:
    with turning():
        change()


def test_another_focal_point_turns_it() -> None:
    image = an_image()
    image.focal_point_x = image.focal_point_y = image.focal_point_width = 3
    with turning():
        image.save()
    with turning():
        image.delete()


def test_who_may_see_a_page_turns_it() -> None:
    kept = PageViewRestriction.objects.create(page=an_article(), restriction_type="groups")
    with turning():
        kept.groups.add(Group.objects.create(name="Lezers"))
    with turning():
        kept.delete()


def test_what_happens_behind_the_desk_does_not_turn_it() -> None:
    article = an_article()
    with staying():
        petra = make_editor()
        at_the_desk(petra).get("/beheer/")
        Comment.objects.create(page=article, user=petra.person, text="Mooi", contentpath="lead")
        PageLogEntry.objects.log_action(article, "wagtail.edit")
        article.locked = True
        article.save(update_fields=["locked"])
        counting.tally.add(article.pk, timezone.localdate())
        reads.write_down()


def test_a_row_is_made_where_there_is_none() -> None:
    edition.Edition.objects.all().delete()
    assert current.edition() == 0
    edition.turn()
    assert current.edition() == 1
    edition.turn()
    assert current.edition() == 2


def test_at_the_desk_a_new_telephone_number_turns_it() -> None:
    client = at_the_desk()
    practice = Practice.load()
    address = reverse("wagtailsettings:edit", args=["world", "practice", practice.pk])
    fields = {
        field.name: getattr(practice, field.name)
        for field in Practice._meta.fields
        if field.name != "id"
    }
    with turning():
        answer = client.post(address, {**fields, "phone": "035 765 43 21"})
        assert answer.status_code == 302, answer.content
    assert Practice.load().phone == "035 765 43 21"


def test_at_the_desk_all_of_a_form_is_done_or_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    client = at_the_desk()
    client.raise_request_exception = False
    article = an_article()

    def break_down(*_args: object, **_kwargs: object) -> None:
        raise RuntimeError("half done")

    monkeypatch.setattr(UnpublishView, "get_success_message", break_down)
    with staying():
        answer = _withdraw(client, article)
    assert answer.status_code == 500
    assert Article.objects.get(pk=article.pk).live


def test_at_the_desk_withdrawing_turns_it() -> None:
    article = an_article()
    with turning():
        assert _withdraw(at_the_desk(), article).status_code == 302
    assert not Article.objects.get(pk=article.pk).live


def _withdraw(client: Client, article: Page) -> Any:
    return client.post(reverse("wagtailadmin_pages:unpublish", args=[article.pk]))
