"""A picture comes in by one door, loses all but what can be seen, and is shown in three kinds."""

import gc
import re
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import engines
from django.test import Client
from django_tasks_db.models import DBTaskResult
from PIL import Image as Pillow
from wagtail.images.models import Image, Rendition

from kleinverzet.world import blocks, pictures
from tests.world import photos
from tests.world.desk import at_the_desk

# Wagtail leaves it to the collector to shut the files that it opened.
pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore::ResourceWarning")]

TAG = (
    "{% load wagtailimages_tags %}{% picture image format-{avif,webp,jpeg} width-{480,960} "
    'sizes="100vw" alt="Onze tuin" %}'
)


def add(client: Client, file: SimpleUploadedFile) -> Any:
    return client.post("/beheer/images/add/", {"title": "Tuin", "file": file, "collection": "1"})


def add_many(client: Client, file: SimpleUploadedFile) -> Any:
    sent = {"files[]": file, "title": "Tuin", "collection": "1"}
    headers = {"X-Requested-With": "XMLHttpRequest"}
    return client.post("/beheer/images/multiple/add/", sent, headers=headers)


def choose(client: Client, file: SimpleUploadedFile) -> Any:
    before = "image-chooser-upload-"
    sent = {f"{before}title": "Tuin", f"{before}file": file, f"{before}collection": "1"}
    return client.post("/beheer/images/chooser/create/", sent)


WAYS: list[Callable[[Client, SimpleUploadedFile], Any]] = [add, add_many, choose]


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, settings: Any) -> Iterator[None]:
    settings.MEDIA_ROOT = tmp_path / "media"
    cache.clear()  # it remembers what was made of a picture
    yield
    gc.collect()


@pytest.fixture
def client() -> Client:
    """A browser in which an editor is signed in."""
    return at_the_desk()


def shown(image: Image) -> str:
    return str(engines["django"].from_string(TAG).render({"image": image}))


def made(html: str) -> Iterator[str]:
    """Give the address of each picture that a page names."""
    for named in re.findall(r'(?:src|srcset)="([^"]+)"', html):
        for one in named.split(","):
            yield one.strip().split(" ")[0]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("ending", photos.KINDS)
def test_a_picture_comes_in_by_every_way(client: Client, way: Any, ending: str) -> None:
    assert way(client, photos.picture(ending)).status_code in {200, 302}
    image = Image.objects.get()
    assert (image.width, image.height) == (64, 32)
    assert "tuin" not in image.file.name


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("file", "said"),
    [
        (SimpleUploadedFile("logo.svg", photos.SCRIPT), "ondersteund"),
        (SimpleUploadedFile("logo.jpg", photos.SCRIPT), ""),
        (SimpleUploadedFile("foto.jpg", b"<html><script>alert(1)</script>"), ""),
        (SimpleUploadedFile("foto.png", photos.picture("gif").read()), ".png"),
        (photos.cut_off(), "beschadigd"),
        (photos.bomb(), "pixels"),
        (photos.bomb(9_000, 7_000), "pixels"),
    ],
    ids=["svg", "svg-as-jpg", "html", "lying", "cut-off", "bomb", "63-megapixels"],
)
def test_what_is_no_picture_of_ours_is_refused_with_a_word(
    client: Client, way: Any, file: SimpleUploadedFile, said: str
) -> None:
    file.seek(0)
    answer = way(client, file)
    assert not Image.objects.exists()
    text = answer.content.decode()
    assert said in text.lower()
    assert "error" in text.lower()
    assert not list(Path(settings.MEDIA_ROOT).rglob("*.*"))


@pytest.mark.parametrize("way", WAYS)
def test_a_photo_tells_nothing_but_what_is_on_it(client: Client, way: Any) -> None:
    way(client, photos.telling())
    image = Image.objects.get()
    assert (image.width, image.height) == (32, 64), "it stands upright"
    shown(image)
    files = list(Path(settings.MEDIA_ROOT).rglob("*.*"))
    assert len(files) >= 4, "what was sent in and three kinds of it"
    for file in files:
        raw = file.read_bytes()
        assert "oma" not in file.name
        for secret in (b"Exif", b"GPS", photos.CAMERA.encode(), photos.SERIAL.encode()):
            assert secret not in raw, file.name
        with Pillow.open(BytesIO(raw)) as opened:
            assert not opened.getexif()
            red, _, blue = opened.convert("RGB").getpixel((16, 8))[:3]
            assert blue > 150 > red, "blue stands above"


def test_a_picture_is_no_larger_than_a_screen(client: Client) -> None:
    add(client, photos.picture(size=(4000, 1000)))
    assert (Image.objects.get().width, Image.objects.get().height) == (3200, 800)


def test_a_page_offers_three_kinds_the_smallest_first(client: Client) -> None:
    add(client, photos.picture(size=(1200, 600)))
    html = shown(Image.objects.get())
    assert re.findall(r'type="([^"]+)"', html) == ["image/avif", "image/webp"]
    assert html.startswith("<picture>")
    assert 'sizes="100vw"' in html
    assert 'alt="Onze tuin"' in html
    assert 'width="' in html, "so that nothing jumps when it arrives"
    assert {address.rpartition(".")[2] for address in made(html)} == {"avif", "webp", "jpg"}


def test_what_is_shown_is_served_as_what_it_is_for_ever(client: Client) -> None:
    add(client, photos.picture(size=(1200, 600)))
    kinds = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}
    for address in made(shown(Image.objects.get())):
        answer = Client(headers={"Accept-Encoding": "gzip, br"}).get(address)
        assert answer.status_code == 200
        assert answer["Content-Type"] == kinds[address.rpartition(".")[2]]
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
        assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert "Content-Encoding" not in answer
        assert not answer.cookies
        with Pillow.open(BytesIO(answer.content)) as opened:
            assert opened.format == kinds[address.rpartition(".")[2]].removeprefix("image/").upper()


def test_an_original_is_served_to_nobody_not_even_an_editor(client: Client) -> None:
    add(client, photos.picture())
    image = Image.objects.get()
    assert Path(image.file.path).exists()
    for visitor in (client, Client()):
        assert visitor.get(f"/media/{image.file.name}").status_code == 404
        assert visitor.get(image.file.url).status_code == 404


@pytest.mark.parametrize(
    "name",
    [
        "images/../original_images/{}", "images/%2e%2e/original_images/{}", "original_images/{}",
        "images/..%2foriginal_images%2f{}", "images//{}", "images/", "", "../kleinverzet.sqlite3",
        "images/../../secrets/pepper", "images/a.svg", "images/a.html", "images/.jpg",
        "images/a.jpg/", "images/a.jpg%00.jpg", "/etc/passwd", "images\\a.jpg",
    ],
)  # fmt: skip
def test_no_path_leads_out_of_the_folder(client: Client, name: str) -> None:
    add(client, photos.picture())
    original = Path(Image.objects.get().file.name).name
    assert Client().get(f"/media/{name.format(original)}").status_code == 404


def test_a_picture_is_only_asked_for(client: Client) -> None:
    add(client, photos.picture())
    address = next(made(shown(Image.objects.get())))
    assert Client().head(address).status_code == 200
    assert Client().post(address).status_code == 405


def test_what_pages_show_is_made_before_anybody_reads(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        add(client, photos.picture(size=(1000, 500)))
    assert DBTaskResult.objects.filter(task_path=pictures.make_ready.module_path).exists()
    image = Image.objects.get()
    pictures.make_ready.func(image.pk)
    made_ready = Rendition.objects.count()
    page = Path(blocks.__file__).parent / "templates/world/blocks/picture.html"
    named = re.findall(r"(?:format|width)-{[^}]*}", page.read_text(encoding="utf-8"))
    assert tuple(named) == pictures.SHOWN, "the templates name the same"
    shown(image)
    assert Rendition.objects.count() == made_ready


def test_a_picture_that_is_gone_by_then_breaks_nothing() -> None:
    pictures.make_ready.func(4711)
