"""What the desk keeps of an editor goes along with them, and off the pages when they leave."""

import json
from typing import Any

import pytest
from django.utils import timezone
from wagtail.admin.models import FormState
from wagtail.models import (
    Comment,
    CommentReply,
    ModelLogEntry,
    Page,
    PageLogEntry,
    PageSubscription,
    Revision,
)
from wagtail.users.models import UserProfile

from kleinverzet.consent import personal_data
from kleinverzet.me import leaving
from kleinverzet.world.articles import Article
from tests.owners import Owner
from tests.world.desk import at_the_desk, make_editor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]

SAID = "Deze zin klopt niet, zei de notaris."
ANSWERED = "Dat zei ik al."


@pytest.fixture
def petra() -> Owner:
    """An editor."""
    return make_editor()


@pytest.fixture
def article(petra: Owner) -> Article:
    """An article that she worked on, in every way that leaves her name."""
    article = Article.objects.filter(locale__language_code="nl").first()
    assert article is not None
    person = petra.person
    article.owner = article.locked_by = person
    article.locked, article.locked_at = True, timezone.now()
    article.save()
    other = make_editor("Otto Oever").person
    comment = Comment.objects.create(page=article, user=person, text=SAID, contentpath="lead")
    CommentReply.objects.create(comment=comment, user=person, text=ANSWERED)
    kept = Comment.objects.create(page=article, user=other, text="Van Otto.", contentpath="lead")
    CommentReply.objects.create(comment=kept, user=person, text=ANSWERED)
    article.refresh_from_db()
    article.save_revision(user=person, log_action=True)
    comment.log_create(user=person, page_revision=article.latest_revision)
    PageSubscription.objects.create(page=article, user=person, comment_notifications=True)
    UserProfile.get_for_user(person)
    return article


def exported(petra: Owner) -> list[dict[str, Any]]:
    entry = next(one for one in personal_data.entries() if one.model is UserProfile)
    assert entry.export is not None
    return list(entry.export(petra.person, petra.keys))


@pytest.mark.usefixtures("article")
def test_what_she_said_and_did_goes_along_with_her(petra: Owner) -> None:
    rows = exported(petra)
    assert {"kind": "editor", "name": "Redactie"} in rows
    assert {row.get("said") for row in rows} >= {SAID, ANSWERED}
    assert "wagtail.edit" in {row["kind"] for row in rows}
    json.dumps(rows)
    assert all(isinstance(value, str) for row in rows for value in row.values())


def test_whoever_never_worked_there_has_nothing_to_take_along() -> None:
    from tests.owners import make_owner

    assert exported(make_owner("Pippa Pluis")) == []


def test_the_pages_stay_and_the_name_goes(petra: Owner, article: Article) -> None:
    title, body, count = article.title, str(article.body.raw_data), Page.objects.count()
    person, pk = petra.person, str(petra.person.pk)
    leaving.leave(person)
    after = Article.objects.get(pk=article.pk)
    assert (after.title, str(after.body.raw_data), Page.objects.count()) == (title, body, count)
    assert (after.owner, after.locked_by, after.locked) == (None, None, False)
    assert [one.text for one in Comment.objects.all()] == ["Van Otto."]
    assert not CommentReply.objects.exists()
    for model in (PageLogEntry, ModelLogEntry, Revision):
        assert not model.objects.filter(user=pk).exists(), model
    for revision in Revision.objects.all():
        assert pk not in json.dumps(revision.content)
        assert SAID not in json.dumps(revision.content)
        assert ANSWERED not in json.dumps(revision.content)
    assert SAID not in str(list(PageLogEntry.objects.values_list("data", flat=True)))


def test_a_version_without_her_can_still_be_shown_and_put_back(
    petra: Owner, article: Article
) -> None:
    leaving.leave(petra.person)
    client = at_the_desk(make_editor("Wilma Waterval"))
    for address in ("history", "edit", f"revisions/{article.latest_revision_id}/view"):
        answer = client.get(f"/beheer/pages/{article.pk}/{address}/")
        assert answer.status_code == 200, address
        assert "Petra Plons" not in answer.content.decode()
    version = Revision.objects.get(pk=article.latest_revision_id)
    version.publish()
    assert version.as_object().title == article.title


def test_no_table_of_wagtail_that_points_at_a_person_is_forgotten() -> None:
    from kleinverzet.accounts.models import Person
    from kleinverzet.world import editing_trail

    known = {(model, "user") for model in editing_trail.THEIRS} | set(editing_trail.NAMED)
    pointing = {
        (relation.related_model, relation.field.name)
        for relation in Person._meta.get_fields(include_hidden=True)
        if relation.auto_created and not relation.concrete
        if relation.related_model.__module__.startswith("wagtail.")
    }
    assert pointing
    assert pointing == known


def test_what_she_had_not_saved_goes_too(petra: Owner) -> None:
    from django.contrib.contenttypes.models import ContentType

    FormState.objects.create(
        user=petra.person, data="title=Geheim", object_id="1", parent_object_id="",
        content_type=ContentType.objects.get_for_model(Article), last_updated_at=timezone.now(),
    )  # fmt: skip
    leaving.leave(petra.person)
    assert not FormState.objects.exists()
