"""Fifty files and more with a secret planted wherever their format takes words, each in another place.

What a camera, an editor or a telephone writes beside the picture: who, where, when, with what, and the picture before
it was cut.
"""

import struct
import zlib
from collections.abc import Callable, Iterator

from PIL import Image
from PIL.ExifTags import GPS, IFD, Base
from PIL.PngImagePlugin import PngInfo

from tests.kit.bombs import chunk
from tests.kit.pictures import BLUE, encoded, striped
from tests.kit.recordings import KINDS, SECRET, recording

WORDS = SECRET.encode()
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><dc:creator>' + WORDS + b"</dc:creator></x:xmpmeta>"
IPTC = b"Photoshop 3.0\x008BIM\x04\x04\0\0" + struct.pack(">I", len(WORDS) + 5) + b"\x1c\x02\x50\0\x20" + WORDS + b"\0"
Planted = tuple[str, bytes]


def planted_files() -> Iterator[Planted]:
    """Each with what it is, such as `jpeg: gps`; the secret is in every one, packed in some."""
    for make in (_jpegs, _pngs, _webps, _gifs):
        yield from make()
    for kind in KINDS:
        yield f"{kind}: title, artist, comment, place", recording(kind)


def exif_of(*tags: int) -> Image.Exif:
    exif = Image.Exif()
    for tag in tags:
        exif[tag] = SECRET
    return exif


def with_place() -> Image.Exif:
    exif = Image.Exif()
    place = exif.get_ifd(IFD.GPSInfo)
    place[GPS.GPSLatitudeRef], place[GPS.GPSLatitude] = "N", (48.0, 51.0, 30.24)
    place[GPS.GPSLongitudeRef], place[GPS.GPSLongitude] = "E", (2.0, 17.0, 40.2)
    place[GPS.GPSAreaInformation] = WORDS
    return exif


def with_details() -> Image.Exif:
    exif = Image.Exif()
    details = exif.get_ifd(IFD.Exif)
    details[Base.UserComment], details[Base.MakerNote] = b"ASCII\0\0\0" + WORDS, WORDS
    details[Base.BodySerialNumber], details[Base.CameraOwnerName] = SECRET, SECRET
    return exif


EXIFS: dict[str, Callable[[], Image.Exif]] = {
    "artist and rights": lambda: exif_of(Base.Artist, Base.Copyright),
    "description, maker, model, program": lambda: exif_of(
        Base.ImageDescription, Base.Make, Base.Model, Base.Software, Base.HostComputer
    ),
    "place": with_place,
    "comment, serial number, maker's note": with_details,
}


def _jpegs() -> Iterator[Planted]:
    picture = striped()
    for name, exif in EXIFS.items():
        yield f"jpeg: {name}", encoded(picture, "JPEG", exif=exif())
    plain = encoded(picture, "JPEG")
    small = encoded(picture.resize((60, 30)), "JPEG", comment=WORDS)
    segments = {
        "comment": (0xFE, WORDS),
        "xmp": (0xE1, b"http://ns.adobe.com/xap/1.0/\0" + XMP),
        "more xmp": (0xE1, b"http://ns.adobe.com/xmp/extension/\0" + b"0" * 32 + bytes(8) + XMP),
        "iptc": (0xED, IPTC),
        "profile": (0xE2, b"ICC_PROFILE\0\1\1" + WORDS),
        "small picture in the head": (0xE0, b"JFXX\0\x10" + small),
        "flashpix": (0xE2, b"FPXR\0" + WORDS),
        "origin of content": (0xEB, b"JP\0\1" + WORDS),
        "words of a program": (0xEC, b"Ducky" + WORDS),
        "segment of nobody": (0xE5, WORDS),
    }
    for name, (marker, body) in segments.items():
        yield f"jpeg: {name}", plain[:2] + struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body + plain[2:]
    yield "jpeg: behind its end", plain + WORDS
    yield "jpeg: second picture behind it", plain + small
    yield "jpeg: in several scans", encoded(picture, "JPEG", progressive=True, comment=WORDS)
    yield "jpeg: for print", encoded(picture.convert("CMYK"), "JPEG", xmp=XMP)


def _pngs() -> Iterator[Planted]:
    picture = striped()
    for name, exif in EXIFS.items():
        yield f"png: {name}", encoded(picture, "PNG", exif=exif().tobytes())  # Pillow forgets the inner parts else
    plain = encoded(picture, "PNG")
    chunks = {
        "words": (b"tEXt", b"Author\0" + WORDS),
        "packed words": (b"zTXt", b"Author\0\0" + zlib.compress(WORDS)),
        "xmp": (b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + XMP),
        "packed words of the world": (b"iTXt", b"Titre\0\1\0fr\0Titre\0" + zlib.compress(WORDS)),
        "profile": (b"iCCP", b"place\0\0" + zlib.compress(WORDS)),
        "exif as text": (b"zTXt", b"Raw profile type exif\0\0" + zlib.compress(b"\nexif\n 9\n" + WORDS.hex().encode())),
        "palette by name": (b"sPLT", WORDS[:70] + b"\0\x08"),
        "chunk of nobody": (b"prVt", WORDS),
    }
    at = plain.index(b"IDAT") - 4
    for name, (kind, body) in chunks.items():
        yield f"png: {name}", plain[:at] + chunk(kind, body) + plain[at:]
    yield "png: behind its end", plain + WORDS
    yield "png: second frame", encoded(picture, "PNG", save_all=True, append_images=[_other()], pnginfo=_info())
    yield "png: few colours", encoded(picture.convert("P"), "PNG", pnginfo=_info())


def _webps() -> Iterator[Planted]:
    picture = striped()
    for name, exif in EXIFS.items():
        yield f"webp: {name}", encoded(picture, "WEBP", exif=exif())
    yield "webp: xmp", encoded(picture, "WEBP", xmp=XMP)
    yield "webp: profile", encoded(picture, "WEBP", icc_profile=WORDS)
    yield "webp: without loss", encoded(picture, "WEBP", lossless=True, xmp=XMP)
    yield "webp: on glass", encoded(picture.convert("RGBA"), "WEBP", exif=exif_of(Base.Artist))
    yield "webp: animated", encoded(picture, "WEBP", save_all=True, append_images=[_other()], xmp=XMP)
    yield "webp: behind its end", encoded(picture, "WEBP") + WORDS


def _gifs() -> Iterator[Planted]:
    picture = striped()
    plain = encoded(picture, "GIF")
    at = plain.index(b",", 13)
    blocks = {
        "comment": b"\x21\xfe",
        "words to be shown": b"\x21\x01\x0c" + bytes(12),
        "words of a program": b"\x21\xff\x0bEDITOR  1.0",
        "xmp": b"\x21\xff\x0bXMP DataXMP",
    }
    for name, head in blocks.items():
        yield f"gif: {name}", plain[:at] + head + bytes([len(WORDS)]) + WORDS + b"\0" + plain[at:]
    yield "gif: behind its end", plain + WORDS
    yield "gif: animated", encoded(picture, "GIF", save_all=True, append_images=[_other()], comment=WORDS)


def _other() -> Image.Image:
    return Image.new("RGB", (600, 300), BLUE)


def _info() -> PngInfo:
    info = PngInfo()
    info.add_text("Comment", SECRET)
    return info
