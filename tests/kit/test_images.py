"""Portraits, banners, pictures of posts: what honest images become, and how little hostile ones cost.

All files are made here.
"""

import asyncio
import io
import os
import re
import tempfile
from collections.abc import Callable
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from typing import cast

import pytest
from PIL import Image, ImageCms, ImageDraw
from PIL.ExifTags import GPS, IFD, Base

from mesange.kit.cage import INSIDE
from mesange.kit.cage.inside.limits import MOST_MEMORY, MOST_PIXELS
from mesange.kit.errors import Invalid, Unavailable
from mesange.kit.images import ImageKind, Images, Picture, image_format
from mesange.kit.images.processing import picture_in
from tests.costs import children_cpu
from tests.kit.bombs import BOMBS, chunk, deflated, gif_of_frames, jpeg_of_many_scans, png
from tests.kit.pictures import BLUE, GREEN, RED, encoded, striped
from tests.server import PATIENCE

SECRET = b"planted secret"


def opened(body: bytes) -> Image.Image:
    return Image.open(io.BytesIO(body), formats=["WEBP"])


def is_close(seen: object, colour: tuple[int, ...]) -> bool:
    return all(abs(a - b) < 24 for a, b in zip(cast("tuple[int, ...]", seen), colour, strict=False))


@pytest.mark.parametrize("kind", ImageKind)
@pytest.mark.parametrize("image_format", ["PNG", "JPEG", "GIF", "WEBP"])
async def test_an_image_is_made_anew_in_the_size_of_its_kind(image_format: str, kind: ImageKind) -> None:
    body, media_type = await Images(seconds=PATIENCE).process(encoded(striped(), image_format), kind)

    image = opened(body)
    assert (media_type, image.format, image.size) == ("image/webp", "WEBP", kind.size)
    width, height = image.size
    left, middle, right = (image.convert("RGB").getpixel((x, height // 2)) for x in (5, width // 2, width - 5))
    assert is_close(left, RED)
    assert is_close(middle, GREEN)
    assert is_close(right, BLUE)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "PA", "RGB", "RGBA", "I;16"])
async def test_every_kind_of_png_pixel_is_read(mode: str) -> None:
    white: dict[str, object] = {"1": 1, "LA": (255, 255), "PA": (255, 255), "RGB": (255,) * 3, "RGBA": (255,) * 4}
    bright = white.get(mode, 65535 if mode == "I;16" else 255)
    if mode in {"P", "PA"}:
        image = Image.new("RGBA", (50, 50), "white").convert("P")
    else:
        image = Image.new(mode, (50, 50), bright)  # type: ignore[arg-type]
    body, _ = await Images(seconds=PATIENCE).process(encoded(image, "PNG"), ImageKind.AVATAR)
    assert is_close(opened(body).convert("RGB").getpixel((200, 200)), (255, 255, 255))


@pytest.mark.parametrize("mode", ["L", "RGB", "CMYK"])
async def test_every_kind_of_jpeg_pixel_is_read(mode: str) -> None:
    body, _ = await Images(seconds=PATIENCE).process(encoded(striped().convert(mode), "JPEG"), ImageKind.AVATAR)
    assert opened(body).size == (400, 400)


async def test_transparency_stays() -> None:
    image = Image.new("RGBA", (800, 800), (0, 0, 0, 0))
    ImageDraw.Draw(image).ellipse((200, 200, 600, 600), RED)
    made = opened((await Images(seconds=PATIENCE).process(encoded(image, "PNG"), ImageKind.AVATAR)).body)
    assert made.getpixel((2, 2)) == (0, 0, 0, 0)
    assert is_close(made.getpixel((200, 200)), (*RED, 255))


@pytest.mark.parametrize("orientation", range(1, 9))
async def test_a_photograph_is_turned_upright(orientation: int) -> None:
    upright = striped(400, 400)
    undo = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # the transposition that a camera held so would have made
    turned = upright.transpose(Image.Transpose(undo[orientation])) if orientation > 1 else upright
    exif = Image.Exif()
    exif[Base.Orientation] = orientation
    made = opened(
        (await Images(seconds=PATIENCE).process(encoded(turned, "JPEG", exif=exif), ImageKind.AVATAR)).body
    ).convert("RGB")
    assert is_close(made.getpixel((5, 200)), RED)
    assert is_close(made.getpixel((395, 200)), BLUE)


def with_planted_metadata(image_format: str) -> bytes:
    exif = Image.Exif()
    exif[Base.Artist] = SECRET.decode()
    exif.get_ifd(IFD.GPSInfo)[GPS.GPSLatitudeRef] = SECRET.decode()
    match image_format:
        case "PNG":
            from PIL.PngImagePlugin import PngInfo

            text = PngInfo()
            text.add_text("Comment", SECRET.decode())
            text.add_itxt("XML:com.adobe.xmp", SECRET.decode())
            options: dict[str, object] = {"exif": exif, "pnginfo": text, "icc_profile": SECRET}
        case "GIF":
            options = {"comment": SECRET}
        case _:
            options = {"exif": exif, "xmp": SECRET, "icc_profile": SECRET}
    return encoded(striped(), image_format, **options)


@pytest.mark.parametrize("image_format", ["PNG", "JPEG", "GIF", "WEBP"])
async def test_nothing_hidden_stays(image_format: str) -> None:
    original = with_planted_metadata(image_format) + b"<script>" + SECRET + b"</script>PK\x03\x04" + SECRET
    assert original.count(SECRET) >= 3

    body, _ = await Images(seconds=PATIENCE).process(original, ImageKind.AVATAR)

    assert SECRET not in body
    assert b"<script>" not in body
    made = opened(body)
    assert not made.getexif()
    assert not {"exif", "xmp", "icc_profile", "comment"} & set(made.info)


@pytest.mark.parametrize("image_format", ["PNG", "GIF", "WEBP"])
async def test_of_an_animation_the_first_frame_is_taken(image_format: str) -> None:
    frames = [Image.new("RGB", (50, 50), (n, 0, 0)) for n in range(0, 250, 5)]
    original = encoded(frames[-1], image_format, save_all=True, append_images=frames, duration=20)
    made = opened((await Images(seconds=PATIENCE).process(original, ImageKind.AVATAR)).body)
    assert getattr(made, "n_frames", 1) == 1
    assert is_close(made.convert("RGB").getpixel((9, 9)), (245, 0, 0))


@pytest.mark.parametrize("size", [(1, 1), (1, 9000), (9000, 1), (3264, 2448)])
async def test_any_shape_is_cut_to_fit(size: tuple[int, int]) -> None:
    images = Images(seconds=PATIENCE)
    for kind in ImageKind:
        made = await images.process(encoded(Image.new("RGB", size, RED), "PNG", compress_level=1), kind)
        assert opened(made.body).size == kind.size


# What must never reach a decoder ----------------------------------------------------------------------------------

STRANGERS = {
    "nothing": b"",
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "svg with a declaration": b'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "b">]><svg/>',
    "eps": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
    "tiff": encoded(Image.new("RGB", (9, 9)), "TIFF"),
    "bmp": encoded(Image.new("RGB", (9, 9)), "BMP"),
    "ico": encoded(Image.new("RGB", (32, 32)), "ICO"),
    "tga": encoded(Image.new("RGB", (9, 9)), "TGA"),
    "ppm": encoded(Image.new("RGB", (9, 9)), "PPM"),
    "psd": b"8BPS\0\1" + bytes(100),
    "fits": b"SIMPLE  =                    T" + bytes(2880),
    "gd": b"\xff\xfe" + bytes(100),
    "pdf": b"%PDF-1.7\n",
    "html": b"<!doctype html><script>alert(1)</script>",
    "zip": b"PK\x03\x04" + bytes(100),
    "another RIFF": b"RIFF\x10\0\0\0WAVEfmt " + bytes(100),
    "avif": b"\0\0\0\x20ftypavif" + bytes(100),
    "a playlist": b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n",
    "a space first": b" " + encoded(Image.new("RGB", (9, 9)), "PNG"),
}


@pytest.mark.parametrize("name", STRANGERS)
async def test_c3_anything_else_is_refused_before_a_decoder_sees_it(name: str) -> None:
    with pytest.raises(Invalid, match="Only PNG, JPEG, GIF and WebP") as refusal:
        await Images(seconds=0).process(STRANGERS[name], ImageKind.AVATAR)
    assert refusal.value.http_status == 422


async def test_too_many_bytes_are_refused_before_a_decoder_sees_them() -> None:
    with pytest.raises(Invalid, match="8 MB"):
        await Images(seconds=0).process(b"\x89PNG\r\n\x1a\n" + bytes(8_000_000), ImageKind.AVATAR)


# Bombs -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", BOMBS)
async def test_a_bomb_costs_little(name: str) -> None:
    bomb = BOMBS[name]()
    before = children_cpu()
    with pytest.raises(Invalid) as refusal:
        await Images(seconds=2).process(bomb, ImageKind.AVATAR)
    assert "image" in refusal.value.public_text
    assert children_cpu() - before < 1


async def test_pixel_data_beyond_the_image_is_not_inflated() -> None:
    bomb = png(9, 9, chunk(b"IDAT", deflated(1 << 27)))
    before = children_cpu()
    assert opened((await Images(seconds=PATIENCE).process(bomb, ImageKind.AVATAR)).body).size == (400, 400)
    assert children_cpu() - before < 1


@pytest.mark.slow
async def test_the_largest_image_is_taken_within_the_memory_of_the_cage() -> None:
    assert MOST_MEMORY <= 320 << 20
    largest = Image.new("RGBA", (7680, MOST_PIXELS // 7680), (*BLUE, 128))
    made = await Images(seconds=PATIENCE).process(encoded(largest, "PNG", compress_level=1), ImageKind.HEADER)
    assert is_close(opened(made.body).getpixel((9, 9)), (*BLUE, 128))


async def test_a_header_is_cut_to_its_size() -> None:
    made = await Images(seconds=PATIENCE).process(encoded(striped(), "PNG"), ImageKind.HEADER)
    assert opened(made.body).size == (1500, 500)


# The queue ---------------------------------------------------------------------------------------------------------


@pytest.mark.slow
async def test_images_wait_for_one_another_and_not_too_many() -> None:
    images, small = Images(seconds=PATIENCE), encoded(striped(30, 30), "GIF")
    results = await asyncio.gather(
        *(images.process(small, ImageKind.AVATAR) for _ in range(20)), return_exceptions=True
    )
    assert sum(isinstance(result, Unavailable) for result in results) == 4
    assert sum(isinstance(result, tuple) for result in results) == 16
    assert (await images.process(small, ImageKind.AVATAR)).media_type == "image/webp"


def cages() -> list[str]:
    """Our processes that read a file just now."""
    ours = [number for file in Path("/proc/self/task").glob("*/children") for number in file.read_text().split()]
    return [number for number in ours if str(INSIDE) in told_of(number, "cmdline")]


def told_of(process: str, what: str) -> str:
    """What the system says of a process; nothing of one that has ended."""
    with suppress(OSError):
        return Path(f"/proc/{process}/{what}").read_text()
    return ""


async def test_someone_who_leaves_takes_the_process_along() -> None:
    images, slow, before = Images(seconds=PATIENCE), jpeg_of_many_scans(80), children_cpu()
    leaving = asyncio.create_task(images.process(slow, ImageKind.AVATAR))
    while not cages():
        await asyncio.sleep(0.01)
    leaving.cancel()
    with pytest.raises(asyncio.CancelledError):
        await leaving
    while cages():
        await asyncio.sleep(0.01)
    assert children_cpu() - before < 1, "it would have worked for two seconds"
    await images.process(encoded(striped(), "PNG"), ImageKind.AVATAR)


# Pictures for posts --------------------------------------------------------------------------------------------------


async def picture(original: bytes, given: str, seconds: float = PATIENCE) -> Picture:
    with tempfile.TemporaryFile() as file:
        file.write(original)
        file.seek(0)
        return await Images(seconds=seconds).picture(file, given)


@pytest.mark.parametrize(
    ("given", "made"), [("PNG", "image/png"), ("JPEG", "image/jpeg"), ("GIF", "image/png"), ("WEBP", "image/webp")]
)
async def test_a_picture_keeps_its_size_and_gets_a_preview_and_a_blurhash(given: str, made: str) -> None:
    picture_made = await picture(encoded(striped(1200, 900), given), given)
    with Image.open(io.BytesIO(picture_made.body)) as image, opened(picture_made.preview) as preview:
        assert (picture_made.media_type, picture_made.width, picture_made.height) == (made, 1200, 900)
        assert image.size == (1200, 900)
        assert preview.size == (picture_made.preview_width, picture_made.preview_height)
        assert preview.width * preview.height <= 640 * 360
        assert abs(preview.width / preview.height - 4 / 3) < 0.01
        assert is_close(image.convert("RGB").getpixel((10, 450)), RED)
        assert is_close(preview.convert("RGB").getpixel((5, 200)), RED)
    assert len(picture_made.blurhash) == 28


async def test_a_blurhash_is_that_of_the_reference() -> None:
    """Made by the first implementation, of white and of black."""
    for colour, told in (("white", "L9TSUA~qfQ~q~qoffQoffQfQfQfQ"), ("black", "L00000fQfQfQfQfQfQfQfQfQfQfQ")):
        made = await picture(encoded(Image.new("RGB", (50, 50), colour), "PNG"), "PNG")
        assert made.blurhash == told


@pytest.mark.parametrize("image_format", ["PNG", "JPEG", "GIF", "WEBP"])
async def test_nothing_hidden_stays_in_a_picture(image_format: str) -> None:
    original = with_planted_metadata(image_format) + b"<script>" + SECRET + b"</script>PK\x03\x04" + SECRET
    made = await picture(original, image_format)
    for body in (made.body, made.preview):
        assert SECRET not in body
        assert b"<script>" not in body
        with Image.open(io.BytesIO(body)) as image:
            assert not image.getexif()
            assert not {"exif", "xmp", "icc_profile", "comment"} & set(image.info)


@pytest.mark.parametrize("orientation", range(1, 9))
async def test_a_picture_is_turned_upright(orientation: int) -> None:
    upright = striped(400, 200)
    undo = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}
    turned = upright.transpose(Image.Transpose(undo[orientation])) if orientation > 1 else upright
    exif = Image.Exif()
    exif[Base.Orientation] = orientation
    made = await picture(encoded(turned, "JPEG", exif=exif), "JPEG")
    with Image.open(io.BytesIO(made.body)) as image:
        assert image.size == (400, 200)
        assert is_close(image.getpixel((5, 100)), RED)
        assert is_close(image.getpixel((395, 100)), BLUE)


@pytest.mark.parametrize(
    "notes", [b"Exif\0\0nothing", b"Exif\0\0II*\0\xff\xff\xff\xff", b"Exif\0\0MM\0*\0\0\0\x08\0\2" + b"\xff" * 9]
)
@pytest.mark.parametrize("image_format", ["PNG", "JPEG", "WEBP"])
async def test_notes_of_a_camera_that_cannot_be_read_do_not_spoil_the_picture(image_format: str, notes: bytes) -> None:
    made = await picture(encoded(striped(), image_format, exif=notes), image_format)
    assert (made.width, made.height) == (600, 300)


@pytest.mark.parametrize("make", ["picture", "portrait"])
async def test_of_a_hundred_thousand_frames_one_is_read(make: str) -> None:
    long, before = gif_of_frames(100_000), children_cpu()
    working = asyncio.create_task(
        picture(long, "GIF") if make == "picture" else Images(seconds=PATIENCE).process(long, ImageKind.AVATAR)
    )
    highest = 0
    while not working.done():
        highest = max([highest, *map(peak_kilobytes, cages())])
        await asyncio.sleep(0.005)
    assert (await working).body
    assert children_cpu() - before < 1
    assert 0 < highest < 300_000


def peak_kilobytes(process: str) -> int:
    found = re.search(r"VmHWM:\s+(\d+) kB", told_of(process, "status"))
    return int(found[1]) if found else 0


async def test_the_colours_of_a_wide_profile_are_kept_when_it_goes() -> None:
    """The profile says that red is what the web calls blue."""
    web = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    profile = web.replace(b"rXYZ", b"?XYZ").replace(b"bXYZ", b"rXYZ").replace(b"?XYZ", b"bXYZ")
    given = Image.new("RGB", (50, 50), (128, 60, 60))
    made = await picture(encoded(given, "PNG", icc_profile=profile), "PNG")
    with Image.open(io.BytesIO(made.body)) as image:
        assert is_close(image.getpixel((9, 9)), (60, 60, 128))
    broken = await picture(encoded(given, "PNG", icc_profile=b"no profile"), "PNG")
    with Image.open(io.BytesIO(broken.body)) as image:
        assert image.getpixel((9, 9)) == (128, 60, 60)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "PA", "RGBA", "I;16", "CMYK"])
async def test_every_kind_of_pixel_becomes_one_of_the_web(mode: str) -> None:
    if mode in {"P", "PA"}:
        image = Image.new("RGBA", (50, 50), "white").convert("P")
    else:
        image = Image.new(mode, (50, 50), {"1": 1, "LA": (255, 255), "RGBA": (255,) * 4, "CMYK": (0,) * 4}.get(mode, 65535 if mode == "I;16" else 255))  # type: ignore[arg-type]  # fmt: skip # noqa: E501
    given = "JPEG" if mode == "CMYK" else "PNG"
    made = await picture(encoded(image, given), given)
    with Image.open(io.BytesIO(made.body)) as seen:
        assert seen.mode in ("L", "RGB", "RGBA")
        assert is_close(seen.convert("RGB").getpixel((9, 9)), (255, 255, 255))


LARGEST: dict[str, Callable[[Image.Image, Image.Exif], tuple[str, bytes]]] = {
    "a photograph": lambda image, exif: ("JPEG", encoded(image, "JPEG")),
    "a photograph held upright": lambda image, exif: ("JPEG", encoded(image, "JPEG", exif=exif)),
    "a photograph for print": lambda image, exif: ("JPEG", encoded(image.convert("CMYK"), "JPEG")),
    "a drawing": lambda image, exif: ("PNG", encoded(image, "PNG", compress_level=1)),
    "a drawing held upright": lambda image, exif: ("PNG", encoded(image, "PNG", compress_level=1, exif=exif)),
    "a drawing on glass": lambda image, exif: ("PNG", encoded(image.convert("RGBA"), "PNG", compress_level=1)),
    "a drawing of few colours": lambda image, exif: ("PNG", encoded(image.convert("P"), "PNG", compress_level=1)),
    "glass held upright": lambda image, exif: (
        "PNG", encoded(image.convert("RGBA"), "PNG", compress_level=1, exif=exif)
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", LARGEST)
@pytest.mark.slow
async def test_the_largest_pictures_are_taken_within_the_memory_of_the_cage(name: str) -> None:
    exif = Image.Exif()
    exif[Base.Orientation] = 6
    given, original = LARGEST[name](Image.new("RGB", (7680, MOST_PIXELS // 7680), BLUE), exif)
    made = await picture(original, given)
    assert made.width * made.height in (MOST_PIXELS, MOST_PIXELS // 4)


@pytest.mark.slow
async def test_noise_that_would_be_too_large_is_kept_as_a_photograph() -> None:
    noise = Image.frombytes("RGB", (2600, 2600), os.urandom(2600 * 2600 * 3))
    made = await picture(encoded(noise, "PNG", compress_level=1), "PNG")
    assert (made.media_type, made.width) == ("image/jpeg", 2600)


@pytest.mark.parametrize("name", BOMBS)
async def test_c9_a_bomb_for_a_picture_costs_little(name: str) -> None:
    bomb = BOMBS[name]()
    before = children_cpu()
    with pytest.raises(Invalid) as refusal:
        await picture(bomb, image_format(bomb), seconds=2)
    assert "image" in refusal.value.public_text
    assert children_cpu() - before < 1


LIES = (
    b"",
    b"\0",
    b"\xff\xff" + b"x" * 100,
    b"\0\x30image/svg+xml 3 9 9 3 9 9 LLLLLLLLLLLLLLLLLLLLLLLLLLL",
    b"\0\x2cimage/png 3 9 9 3 9 9 LLLLLLLLLLLLLLLLLLLLLLabc",
    b"\0\x2cimage/png 9 0 9 3 9 9 LLLLLLLLLLLLLLLLLLLLLLabcdef",
    b"\0\x30image/png 3 99999 99999 3 9 9 LLLLLLLLLLLLLLLLLLabcdef",
    b"\0\x30image/png 3 9 9 3 9 9 <script>alert(1)</script>LLLLabcdef",
)


@pytest.mark.parametrize("lie", LIES)
def test_c10_a_cage_that_lies_is_not_believed(lie: bytes) -> None:
    with pytest.raises(Invalid):
        picture_in(lie)


def test_c8_the_decoders_are_newer_than_their_known_faults() -> None:
    """CVE-2023-4863 (libwebp) and the bomb checks that Pillow lacked in its rarer formats."""
    assert tuple(int(part) for part in version("pillow").split(".")[:2]) >= (11, 3)
