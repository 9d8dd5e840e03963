"""Taking in a picture at the editors' desk: what is kept of it is what can be seen, nothing else.

A photo from a telephone says where and when it was taken, and with what. None of that is kept: the
picture is opened, turned upright, made no larger than a screen can show, and written anew under a
name that says nothing.
"""

import sys
import uuid
from io import BytesIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.db import transaction
from django.utils.translation import gettext
from django_tasks import task
from PIL import Image, ImageCms, ImageOps
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm
from wagtail.images.models import Filter
from wagtail.images.models import Image as WagtailImage

# The longest side that is kept, in pixels: twice as many as the widest place on a page.
LONGEST = 3200
# A telephone's picture loses nothing that an eye finds.
QUALITY = 90
# How pages show a picture, as their templates name it.
SHOWN = ("format-{avif,webp,jpeg}", "width-{480,960,1440}")
# What each kind is written as; a moving GIF stands still on our pages anyway.
KINDS = {"JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp", "AVIF": ".avif", "GIF": ".png"}


class PictureField(WagtailImageField):
    """Wagtail's own, which looks at a file's first bytes before it opens any more of it."""

    def to_python(self, data: Any) -> Any:
        """Give the picture.

        Raises:
            ValidationError: If it is none, or one that we do not take.
        """
        if data is not None and hasattr(data, "read"):
            self._need_bearable(data)
        try:
            return super().to_python(data)
        except (OSError, SyntaxError, ValueError) as fault:
            raise broken() from fault

    def _need_bearable(self, file: Any) -> None:
        """Refuse what says that it is enormous: opening it would cost what it says."""
        try:
            with Image.open(file) as picture:
                pixels = picture.width * picture.height
        except (Image.DecompressionBombError, Image.DecompressionBombWarning):
            pixels = sys.maxsize
        except (OSError, SyntaxError, ValueError):
            pixels = 0  # no picture at all, which Wagtail's own words fit better
        file.seek(0)
        if pixels > settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS:
            raise ValidationError(
                gettext("Deze foto heeft te veel pixels: meer dan %(count)d miljoen.")
                % {"count": settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS // 1_000_000}
            )


class PictureForm(BaseImageForm):
    """Wagtail's form for a picture, with what is kept of the file.

    The title is for finding it at the desk; what stands on it is asked where it is shown.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "title" in self.fields:
            self.fields["title"].required = False
        if file := self.fields.get("file"):
            self.fields["file"] = PictureField(
                label=file.label, required=file.required, widget=file.widget
            )

    def clean(self) -> Any:
        """Let a picture without a title be called by the name of its file."""
        data = super().clean()
        sent = next(iter(self.files.values()), None)
        if not data.get("title"):
            name = Path(str(sent.name)).stem if sent else self.instance.title
            data["title"] = name[:255] or gettext("Foto")
        return data

    def save(self, commit: bool = True) -> Any:
        """Keep the picture, and let what pages show of it be made meanwhile."""
        image = super().save(commit=commit)
        if commit and "file" in self.changed_data:
            transaction.on_commit(lambda: make_ready.enqueue(image.pk))
        return image

    def clean_file(self) -> Any:
        """Give the picture anew, where one was sent.

        Raises:
            ValidationError: If it is broken.
        """
        file = self.cleaned_data["file"]
        return written_anew(file) if isinstance(file, UploadedFile) else file


def written_anew(file: "UploadedFile[Any]") -> SimpleUploadedFile:
    """Give what can be seen of a picture, as a file of its own.

    Raises:
        ValidationError: If it cannot be read to its end, or is no picture of a kind that we take.
    """
    file.seek(0)
    try:
        with Image.open(file) as picture:
            kind = "JPEG" if picture.format == "MPO" else picture.format or ""
            return _written(_seen(picture), "PNG" if kind == "GIF" else kind)
    except (OSError, SyntaxError, ValueError, KeyError, ImageCms.PyCMSError) as fault:
        raise broken() from fault


def broken() -> ValidationError:
    """Give what is said of a picture that cannot be read."""
    return ValidationError(gettext("Deze foto is beschadigd of geen echte foto. Kies een andere."))


def _seen(picture: Image.Image) -> Image.Image:
    """Give the picture upright, in common colours and no larger than is kept."""
    if picture.format == "JPEG":
        # Read at half, a quarter or an eighth of its size where that suffices.
        picture.draft("RGB", (LONGEST, LONGEST))
    upright = _in_common_colours(ImageOps.exif_transpose(picture))
    upright.thumbnail((LONGEST, LONGEST), Image.Resampling.LANCZOS)
    # What else came with it stays behind.
    upright.info = {}
    return upright


def _in_common_colours(picture: Image.Image) -> Image.Image:
    has_alpha = picture.has_transparency_data
    wanted = "RGBA" if has_alpha else "RGB"
    profile = picture.info.get("icc_profile")
    if profile and picture.mode in {"RGB", "RGBA", "CMYK"}:
        converted = ImageCms.profileToProfile(
            picture,
            ImageCms.ImageCmsProfile(BytesIO(profile)),
            ImageCms.createProfile("sRGB"),
            outputMode=wanted,
        )
        assert converted is not None
        return converted
    return picture.convert(wanted)


def _written(picture: Image.Image, kind: str) -> SimpleUploadedFile:
    ending = KINDS[kind]
    kept = BytesIO()
    if kind == "PNG":
        picture.save(kept, kind, optimize=True)
    else:
        picture.save(kept, kind, quality=QUALITY)
    return SimpleUploadedFile(f"{uuid.uuid4().hex}{ending}", kept.getvalue())


@task()
def make_ready(image_id: int) -> None:
    """Make what pages show of a picture, so that its first reader need not wait for it."""
    image = WagtailImage.objects.filter(pk=image_id).first()
    if image is not None:
        image.get_renditions(*Filter.expand_spec(SHOWN))
