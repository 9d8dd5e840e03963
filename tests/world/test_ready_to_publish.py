"""What a page needs before everyone can read it; a draft may still lack it."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from wagtail.images.models import Image

from kleinverzet.world.articles import Article
from tests.world import photos
from tests.world.desk import at_the_desk
from tests.world.test_hostile_pages import form, rich, send

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("site"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]
H2, H3 = "header-two", "header-three"


@pytest.fixture
def client() -> Client:
    """A browser in which an editor is signed in."""
    return at_the_desk()


@pytest.fixture
def image(settings: Any, tmp_path: Any) -> Image:
    """A picture."""
    settings.MEDIA_ROOT = tmp_path
    return Image.objects.create(title="Onze tuin", file=photos.picture())


def drafted(sent: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in sent.items() if name != "action-publish"}


def test_an_article_with_a_picture_and_no_words_for_it_stays_a_draft(
    client: Client, image: Image
) -> None:
    sent = form(("quote", {"": "Zin."}), image=str(image.pk))
    answer = send(client, sent)
    assert "voor wie hem niet ziet" in answer.content.decode()
    assert not Article.objects.filter(slug="gewoon").exists()
    assert send(client, drafted(sent)).status_code == 302
    article = Article.objects.get(slug="gewoon")
    assert (article.live, article.image) == (False, image)
    with pytest.raises(ValidationError):
        article.latest_revision.publish()


def test_the_title_of_a_picture_is_no_words_for_it(client: Client, image: Image) -> None:
    send(client, form(("quote", {"": "Zin."}), image=str(image.pk), image_alt="Rood boven blauw"))
    html = Client(SERVER_NAME="localhost").get(Article.objects.get(slug="gewoon").url)
    assert 'alt="Rood boven blauw"' in html.content.decode()
    assert "Onze tuin" not in html.content.decode()


@pytest.mark.parametrize(
    ("levels", "is_fine"),
    [((H2, H3), True), ((H3,), False), ((H3, H2), False), ((H2, H2, H3, H3), True), ((), True)],
)
def test_a_small_heading_never_comes_first(
    client: Client, levels: tuple[str, ...], is_fine: bool
) -> None:
    texts = [("text", {"": rich(f"Kop {number}", kind=kind)}) for number, kind in enumerate(levels)]
    sent = form(("first", {"": "Begin."}), *texts)
    answer = send(client, sent)
    assert Article.objects.filter(slug="gewoon").exists() == is_fine
    if not is_fine:
        assert "kleine kop" in answer.content.decode()
        assert "Kop 0" in answer.content.decode()
        assert send(client, drafted(sent)).status_code == 302, "a draft may"


def test_a_picture_in_the_text_asks_for_words_too(client: Client, image: Image) -> None:
    values = {"-image-image": str(image.pk), "-image-alt_text": "", "-caption": ""}
    assert send(client, form(("picture", values))).status_code == 200
    assert not Article.objects.filter(slug="gewoon").exists()
    send(client, form(("picture", {**values, "-image-alt_text": "Rood boven blauw"})))
    html = Client(SERVER_NAME="localhost").get(Article.objects.get(slug="gewoon").url)
    assert "<picture>" in html.content.decode()
    assert 'alt="Rood boven blauw"' in html.content.decode()


def test_the_front_page_cannot_be_taken_away(client: Client) -> None:
    from kleinverzet.world.pages import HomePage

    for home in HomePage.objects.all():
        for act in ("delete", "unpublish"):
            assert client.post(f"/beheer/pages/{home.pk}/{act}/").status_code == 302
        client.post(f"/beheer/bulk/wagtailcore/page/delete/?id={home.pk}&next=/beheer/")
        assert HomePage.objects.get(pk=home.pk).live
