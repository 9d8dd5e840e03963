"""What the desk keeps of an editor: their settings, and their name beside what they changed.

Other editors see it, and they themselves. When an editor leaves, the pages stay as they are and the
name goes off them: from versions, from the list of what was changed, from pictures; what they said
in comments goes with them.
"""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _
from wagtail.admin.models import EditingSession, FormState
from wagtail.images.models import Image
from wagtail.models import (
    APIToken,
    Comment,
    CommentReply,
    ModelLogEntry,
    Page,
    PageLogEntry,
    PageSubscription,
    Revision,
    TaskState,
    UploadedFile,
    WorkflowState,
)
from wagtail.users.models import UserProfile

from kleinverzet.consent import personal_data
from kleinverzet.consent.personal_data import Readers
from kleinverzet.world import editors

Row = dict[str, Any]
# Whose these are, they are theirs alone.
THEIRS = (Comment, CommentReply, PageSubscription, EditingSession, FormState, APIToken, UserProfile)
# These stay, without the name.
NAMED = (
    (Revision, "user"),
    (PageLogEntry, "user"),
    (ModelLogEntry, "user"),
    (Page, "owner"),
    (Page, "locked_by"),
    (Comment, "resolved_by"),
    (Image, "uploaded_by_user"),
    (UploadedFile, "uploaded_by_user"),
    (WorkflowState, "requested_by"),
    (TaskState, "finished_by"),
)
# What a version of a page says of people, beside its words.
COMMENTS = "wagtail_admin_comments"


def _export(person: Any, keys: Any) -> Iterator[Row]:
    if editors.is_editor(person):
        yield {"kind": "editor", "name": editors.GROUP}
    for comment in Comment.objects.filter(user=person).select_related("page"):
        yield _said(comment.page, comment)
    for reply in CommentReply.objects.filter(user=person).select_related("comment__page"):
        yield _said(reply.comment.page, reply)
    for log in (PageLogEntry, ModelLogEntry):
        for entry in log.objects.filter(user=person).order_by("timestamp"):
            yield {
                "kind": entry.action,
                "name": entry.label,
                "written_at": entry.timestamp.isoformat(),
            }
    for image in Image.objects.filter(uploaded_by_user=person).order_by("pk"):
        yield {
            "kind": "picture",
            "name": image.title,
            "written_at": image.created_at.isoformat(),
        }


def _said(page: Page, words: Any) -> Row:
    return {
        "kind": "comment",
        "name": page.title,
        "written_at": words.created_at.isoformat(),
        "said": words.text,
    }


def _erase(person: Any) -> int:
    """Take somebody out of everything that they worked on; say how much was theirs alone."""
    for log in (PageLogEntry, ModelLogEntry):
        # Its notes repeat what was said in comments.
        log.objects.filter(user=person, action__startswith="wagtail.comments").update(data={})
    for revision in _versions_naming(person):
        revision.content = _without(revision.content, str(person.pk))
        revision.save(update_fields=["content"])
    Page.objects.filter(locked_by=person).update(locked=False, locked_at=None)
    for model, field in NAMED:
        model.objects.filter(**{field: person}).update(**{field: None})
    return sum(model.objects.filter(user=person).delete()[0] for model in THEIRS)


def _versions_naming(person: Any) -> QuerySet[Revision]:
    written = Revision.objects.annotate(written=Cast("content", TextField()))
    return written.filter(written__contains=str(person.pk))


def _without(content: Any, person: str) -> Any:
    """Give what a version holds without somebody: their comments gone, their name left open."""
    if isinstance(content, list):
        return [_without(one, person) for one in content]
    if not isinstance(content, dict):
        return None if content == person else content
    kept = {}
    for name, value in content.items():
        if name in {COMMENTS, "replies"} and isinstance(value, list):
            value = [one for one in value if one.get("user") != person]
        kept[name] = _without(value, person)
    return kept


personal_data.holds(
    UserProfile,
    why=_("Voor wie aan de site werkt: wat je veranderde en wanneer, en wat je erbij schreef."),
    export=_export,
    erase=_erase,
    read_by=Readers.PRACTICE,
    erased=_("Je naam gaat eraf en je opmerkingen gaan weg. De pagina’s blijven staan."),
)
