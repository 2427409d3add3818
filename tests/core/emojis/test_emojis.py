"""Custom emoji: named between colons, held by what names them, harmless under any name."""

from io import BytesIO

import pytest
from PIL import Image

from mesange.core.accounts.model import Viewer
from mesange.core.emojis.actions import add_emoji, change_emoji, remove_emoji
from mesange.core.emojis.model import CustomEmoji, emojis_in
from mesange.core.emojis.queries import known_emojis
from mesange.core.statuses.actions.edit import Correction, edit_status
from mesange.core.statuses.model import Holds
from mesange.kit.errors import Invalid, NotFound
from mesange.kit.server import Server
from tests.core.people import post


def picture() -> bytes:
    made = BytesIO()
    Image.new("RGBA", (64, 64), (30, 90, 200, 120)).save(made, "PNG")
    return made.getvalue()


async def test_a_post_that_names_an_emoji_holds_it_and_others_do_not(server: Server, ada: Viewer) -> None:
    before = await post(server, ada, "a :tit: too early")
    await add_emoji(server, ":tit:", picture(), "Birds")
    named = await post(server, ada, "look, a :tit:!")
    plain = await post(server, ada, "at 10:20:30 and :nobody:")
    assert [status.holds for status in (before, named, plain)] == [Holds.NOTHING, Holds.EMOJI, Holds.NOTHING]
    edited = await edit_status(server, ada, named.id, Correction(text="look away"))
    assert edited.holds == Holds.NOTHING
    assert (await edit_status(server, ada, named.id, Correction(text="a :tit: again"))).holds == Holds.EMOJI


async def test_a_new_picture_takes_the_place_of_the_old_one(server: Server) -> None:
    first = await add_emoji(server, "tit", picture())
    second = await add_emoji(server, "tit", picture())
    assert list((await known_emojis(server)).values()) == [second]
    assert await server.db.value("SELECT 1 FROM doomed_files WHERE name = ?", first.image)
    await remove_emoji(server, "tit")
    assert await known_emojis(server) == {}
    with pytest.raises(NotFound):
        await remove_emoji(server, "tit")


async def test_a_hidden_emoji_is_not_offered_and_still_stands_where_it_was_written(server: Server, ada: Viewer) -> None:
    await add_emoji(server, "tit", picture())
    await change_emoji(server, "tit", "Birds", is_hidden=True)
    found = (await known_emojis(server))["tit"]
    assert (found.category, found.is_hidden) == ("Birds", True)
    assert (await post(server, ada, "look, a :tit:!")).holds == Holds.EMOJI
    with pytest.raises(NotFound):
        await change_emoji(server, "nobody", "", is_hidden=False)


@pytest.mark.parametrize(
    "name", ["", "a", "x" * 31, "../../etc", "a b", "é", "a.png", "tit\0", '"><script>', "a/b", "a%2fb", "CON:", "😀"]
)
async def test_c2_a_name_that_is_no_shortcode_is_refused(server: Server, name: str) -> None:
    with pytest.raises(Invalid):
        await add_emoji(server, name + "\n/" if name == "CON:" else name, picture())
    assert await known_emojis(server) == {}


@pytest.mark.parametrize(
    "content", [b"", b"<svg onload=alert(1)>", b"\x89PNG\r\n\x1a\nlies", b"GIF89a", b"x" * 9_000_000]
)
async def test_c5_what_is_no_picture_is_refused(server: Server, content: bytes) -> None:
    with pytest.raises(Invalid):
        await add_emoji(server, "tit", content)
    assert await known_emojis(server) == {}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (":a1:", ["a1"]),
        ("x :a1: :b2:", ["a1", "b2"]),
        (":a1::b2:", []),
        (":a1: :a1:", ["a1"]),
        ("12:a1:30", []),
        ("(:a1:)", ["a1"]),
        (":A1:", []),
        (": a1 :", []),
        ("::a1::", []),
    ],
)
def test_shortcodes_are_found_where_clients_find_them(text: str, found: list[str]) -> None:
    known = {name: CustomEmoji(1, name, "x.webp", "") for name in ("a1", "b2")}
    assert [emoji.shortcode for emoji in emojis_in(known, text)] == found
