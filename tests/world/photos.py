"""Photos for tests: honest ones, one that tells where it was taken, and files that only say so."""

import struct
import zlib
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

# What a telephone would tell, and where: nobody's garden.
CAMERA = "Verraadtelefoon 9"
SERIAL = "SN-4711-GEHEIM"
KINDS = {"jpg": "JPEG", "png": "PNG", "webp": "WEBP", "avif": "AVIF", "gif": "GIF"}
SCRIPT = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def picture(ending: str = "jpg", size: tuple[int, int] = (64, 32)) -> SimpleUploadedFile:
    """Give an honest picture: red above, blue below."""
    drawn = Image.new("RGB", size, "red")
    drawn.paste("blue", (0, size[1] // 2, *size))
    kept = BytesIO()
    drawn.save(kept, KINDS[ending])
    return SimpleUploadedFile(f"onze-tuin.{ending}", kept.getvalue())


def telling() -> SimpleUploadedFile:
    """Give a photo that was held sideways, and that says by whom, with what and where."""
    drawn = Image.new("RGB", (64, 32), "red")
    drawn.paste("blue", (0, 0, 32, 32))  # held upright this is above
    exif = Image.Exif()
    exif[0x0112] = 6  # turned a quarter
    exif[0x010F], exif[0x0110], exif[0xA431] = "Verraad", CAMERA, SERIAL
    place = exif.get_ifd(0x8825)
    place[1], place[2] = "N", (52.0, 13.0, 27.5)
    place[3], place[4] = "E", (5.0, 10.0, 11.5)
    kept = BytesIO()
    drawn.save(kept, "JPEG", exif=exif, comment=SERIAL.encode(), quality=95)
    return SimpleUploadedFile("IMG 2041 bij oma thuis.jpg", kept.getvalue())


def bomb(width: int = 30_000, height: int = 30_000) -> SimpleUploadedFile:
    """Give a small file that says it is an enormous picture."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(b"\0" * 1000)), (b"IEND", b"")]
    body = b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )
    return SimpleUploadedFile("klein.png", b"\x89PNG\r\n\x1a\n" + body)


def cut_off() -> SimpleUploadedFile:
    """Give a photo whose second half is missing."""
    whole = picture(size=(400, 400)).read()
    return SimpleUploadedFile("half.jpg", whole[: len(whole) // 2])
