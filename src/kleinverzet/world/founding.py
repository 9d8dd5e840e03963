"""The first pages of a new site, in both languages, from `content/`.

Made once, at the first start; from then on the pages belong to the editors, and nothing here
touches them again.
"""

import uuid
from datetime import datetime, time
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import override
from django_tasks_db.models import DBTaskResult
from modelsearch import index
from modelsearch.tasks import insert_or_update_object_task
from wagtail.models import Locale, Page, ReferenceIndex, Site
from wagtail.tasks import update_reference_index_task

from kleinverzet import environment
from kleinverzet.world import beginning, editors, writing
from kleinverzet.world.articles import Article, Topic
from kleinverzet.world.beginning import LANGUAGES, Beginning, PageFile, Text
from kleinverzet.world.listing import ArticleIndex
from kleinverzet.world.pages import ContactPage, HomePage, MethodPage, TextPage, TownsPage
from kleinverzet.world.practice import WORDS, Practice
from kleinverzet.world.reading import Reading
from kleinverzet.world.targets import Place
from kleinverzet.world.towns import Region, Town

KINDS: dict[str, type[Reading]] = {
    "text": TextPage,
    "method": MethodPage,
    "towns": TownsPage,
    "contact": ContactPage,
    "index": ArticleIndex,
}
HOME = "home"
ASKING = "asking"
ARTICLES = "articles"


def is_founded() -> bool:
    """Say whether the site has its first pages."""
    return HomePage.objects.exists()


@transaction.atomic
def found(content: Path) -> None:
    """Make the site, where there is none.

    Raises:
        ContentError: If the content does not hold; says where.
    """
    if is_founded():
        return
    new = beginning.read(content)
    _write_facts(new)
    _make_pages(new)
    for language in LANGUAGES:
        with override(language):
            _fill(new, language)
    editors.found()
    _index()


def _index() -> None:
    """Do at once what the queue would do for each page, such as letting search find it."""
    for page in Page.objects.live().specific():
        index.insert_or_update_object(page)
        ReferenceIndex.create_or_update_for_object(page)
    done = [insert_or_update_object_task.module_path, update_reference_index_task.module_path]
    DBTaskResult.objects.filter(task_path__in=done).delete()


def _write_facts(new: Beginning) -> None:
    facts = new.practice.model_dump(exclude={"nl", "en"})
    words = {
        f"{name}_{language}": getattr(getattr(new.practice, language), name)
        for name in WORDS
        for language in LANGUAGES
    }
    Practice.objects.all().delete()
    Practice.objects.create(**facts, **words)
    for order, region in enumerate(new.towns.regions):
        Region.objects.create(key=region.id, name_nl=region.nl, name_en=region.en, order=order)
    for town in new.towns.towns:
        Town.objects.create(region_id=town.region, **town.model_dump(exclude={"region", "slug"}))
    for topic in new.topics:
        Topic.objects.create(
            key=topic.id,
            name_nl=topic.nl.name,
            name_en=topic.en.name,
            slug_nl=topic.nl.slug,
            slug_en=topic.en.slug,
        )


def _make_pages(new: Beginning) -> None:
    """Make every page, empty, so that pages can lead to one another."""
    locales = {code: Locale.objects.get_or_create(language_code=code)[0] for code in LANGUAGES}
    root = Page.get_first_root_node() or Page.add_root(title="Root", slug="root")
    Site.objects.all().delete()
    for child in root.get_children():
        child.delete()
    root.refresh_from_db()
    keys = {name: uuid.uuid4() for name in (*new.pages, *new.articles)}
    for language in LANGUAGES:
        locale = locales[language]
        home = root.add_child(
            instance=_page(HomePage, new.pages[HOME], language, locale, keys[HOME])
        )
        for name, file in sorted(
            new.pages.items(), key=lambda item: (item[1].order or 99, item[0])
        ):
            if name != HOME:
                page = _page(KINDS[file.kind], file, language, locale, keys[name])
                home.add_child(instance=page)
        listing = ArticleIndex.objects.child_of(home).get()
        for name, article in sorted(new.articles.items(), key=lambda item: item[1].published):
            listing.add_child(instance=_article(article, language, locale, keys[name]))
        if language == "nl":
            _open_site(home)
    Place.objects.bulk_create(
        Place(key=name, translation_key=keys[name]) for name in (*new.pages, *new.articles)
    )


def _open_site(home: HomePage) -> None:
    name = environment.read().origin.partition("://")[2].partition(":")[0]
    Site.objects.create(
        hostname=name, root_page=home, is_default_site=True, site_name="Klein Verzet"
    )


def _page(
    kind: type[Reading], file: PageFile, language: str, locale: Locale, key: uuid.UUID
) -> Reading:
    text: Text = getattr(file, language)
    page = kind(
        title=text.title,
        slug=text.slug or HOME + ("" if language == "nl" else f"-{language}"),
        lead=text.lead,
        drawing=file.drawing,
        search_description=text.description,
        show_in_menus=bool(file.order),
        locale=locale,
        translation_key=key,
    )
    if isinstance(page, HomePage):
        page.poster, page.note = "\n".join(text.poster), text.note
    return page


def _article(file: Any, language: str, locale: Locale, key: uuid.UUID) -> Article:
    text: Text = getattr(file, language)
    return Article(
        title=text.title,
        slug=text.slug,
        lead=text.lead,
        drawing=file.drawing,
        search_description=text.description,
        topic_id=file.topic,
        day=file.published,
        first_published_at=timezone.make_aware(datetime.combine(file.published, time(9))),
        locale=locale,
        translation_key=key,
    )


def _fill(new: Beginning, language: str) -> None:
    """Give every page its body, and keep that as its first revision."""
    for name, file in (*new.pages.items(), *new.articles.items()):
        text: Text = getattr(file, language)
        page = _named(name, language)
        if name == ASKING:
            page.is_appointment = True
        if hasattr(page, "body"):
            page.body = writing.blocks(text.body, lambda key: _id(key, language))
        page.save()
        page.save_revision(log_action=False).publish(log_action=False)


def _named(name: str, language: str) -> Any:
    key = Place.objects.get(key=name).translation_key
    return Page.objects.get(translation_key=key, locale__language_code=language).specific


def _id(key: str, language: str) -> int | None:
    found: int | None = (
        Page.objects.filter(
            translation_key__in=Place.objects.filter(key=key).values("translation_key"),
            locale__language_code=language,
        )
        .values_list("pk", flat=True)
        .first()
    )
    return found
