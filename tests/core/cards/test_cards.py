"""Link cards: what a page says about itself comes under the post, once, and nothing of it is believed."""

from collections.abc import Awaitable, Callable

import msgspec
import pytest

from mesange.core.accounts.model import VISITOR, Viewer
from mesange.core.cards.model import FRESH_FOR, PATIENCE, PreviewCard
from mesange.core.cards.queries import load_status_cards
from mesange.core.media.actions.files import delete_doomed
from mesange.core.statuses.actions.delete import delete_status
from mesange.core.statuses.actions.edit import Correction, edit_status
from mesange.core.statuses.model import Holds, Status
from mesange.core.statuses.queries import find_status
from mesange.kit.clock import FixedClock
from mesange.kit.images import image_format
from mesange.kit.server import Server
from tests.core.cards.pages import Site, answer, html, picture
from tests.core.people import post

Step = Callable[[], Awaitable[None]]
PAGE = html(
    '<meta property="og:title" content="Birds &amp; trees"><meta property=og:description content="A walk">'
    "<meta property='og:site_name' content='The Hedge'><meta property=og:image content=/tit.png>"
    '<meta property=og:image:alt content="A blue tit"><meta property=article:published_time content=2026-05-01T10:00Z>'
)


async def card_of(server: Server, status: Status, viewer: Viewer = VISITOR) -> PreviewCard | Status | None:
    found = await find_status(server, status.id)
    assert found is not None
    return (await load_status_cards(server, viewer, [found])).get(status.id)


async def test_a_page_comes_under_the_post_with_its_picture(
    server: Server, ada: Viewer, site: Site, preview: Step
) -> None:
    site.pages = {"/walk": PAGE, "/tit.png": picture()}
    status = await post(server, ada, f"Look {site.url('/walk#there')} and {site.url('/other')}")
    await preview()
    card = await card_of(server, status)
    assert isinstance(card, PreviewCard)
    assert (card.title, card.description, card.provider_name) == ("Birds & trees", "A walk", "The Hedge")
    assert (card.url, card.language, card.image_description) == (site.url("/walk"), "fr", "A blue tit")
    assert card.published_at == 1_777_629_600_000
    assert image_format(((server.settings.data / "media") / card.image).read_bytes()) == "WEBP"
    assert site.asked == ["/walk", "/tit.png"]


async def test_j3_one_fetch_for_each_address_however_often_it_is_linked(
    server: Server, ada: Viewer, bob: Viewer, site: Site, preview: Step, clock: FixedClock
) -> None:
    site.pages = {"/": PAGE}
    first = await post(server, ada, site.url())
    second = await post(server, bob, f"too: {site.url('')}")
    await preview()
    third = await post(server, bob, f"again {site.url()}")
    await preview()
    assert site.asked == ["/", "/tit.png"]
    for status in (first, second, third):
        assert (await card_of(server, status)) is not None
    clock.move(FRESH_FOR + 1)
    site.pages = {"/": html("<title>Newer</title>")}
    await post(server, ada, f"once more {site.url()}")
    await preview()
    card = await card_of(server, first)
    assert isinstance(card, PreviewCard)
    assert (card.title, card.image) == ("Newer", "")
    await delete_doomed(server)
    assert not list((server.settings.data / "media").glob("*"))


@pytest.mark.parametrize("status_line", ["503 Service Unavailable", "429 Too Many Requests"])
async def test_a_busy_page_is_asked_once_more_and_then_left_alone(
    server: Server, ada: Viewer, site: Site, preview: Step, clock: FixedClock, status_line: str
) -> None:
    site.pages = {"/": answer(b"", "text/html", status_line)}
    status = await post(server, ada, site.url())
    for _ in range(5):
        await preview()
    assert site.asked == ["/"]
    for _ in range(5):
        clock.move(PATIENCE[0] + 1)
        await preview()
    assert site.asked == ["/", "/"]
    assert await card_of(server, status) is None


@pytest.mark.parametrize(
    "page",
    [
        answer(b"gone", "text/html", "404 Not Found"),
        answer(b"\x89PNG", "image/png"),
        answer(b"<title>Not HTML</title>", "text/plain"),
        html("<meta property=og:description content='no title'>"),
    ],
)
async def test_a_page_without_anything_to_show_leaves_the_post_as_it_is(
    server: Server, ada: Viewer, site: Site, preview: Step, page: bytes
) -> None:
    site.pages = {"/": page}
    status = await post(server, ada, site.url())
    for _ in range(3):
        await preview()
    assert site.asked == ["/"]
    found = await find_status(server, status.id)
    assert found is not None and found.holds == Holds.NOTHING


async def test_b10_a_picture_or_oembed_on_a_private_address_is_not_fetched(
    server: Server, ada: Viewer, site: Site, preview: Step
) -> None:
    inside = f"http://inside.example.test:{site.port}"
    site.pages = {
        "/": html(
            f"<title>Innocent</title><meta property=og:image content={inside}/secret.png>"
            f'<link rel=alternate type=application/json+oembed href="{inside}/oembed">'
        )
    }
    status = await post(server, ada, site.url())
    await preview()
    card = await card_of(server, status)
    assert isinstance(card, PreviewCard)
    assert (card.title, card.image) == ("Innocent", "")
    assert site.asked == ["/"]


@pytest.mark.parametrize(
    "address",
    [
        "http://10.0.0.7/",
        "http://127.0.0.2/",
        "http://[::1]/",
        "http://inside.example.test/",
        "http://0x7f000001.example/",
    ],
)
async def test_b12_a_link_to_a_private_address_is_not_visited(
    server: Server, ada: Viewer, site: Site, preview: Step, address: str
) -> None:
    await post(server, ada, f"look {address}")
    await preview()
    assert site.asked == []


@pytest.mark.parametrize(
    "address", ["http://a.example\\@b.example/", "http://user:pass@site.example/", "http:///x.example"]
)
async def test_b13_an_unclear_address_is_not_visited(
    server: Server, ada: Viewer, site: Site, preview: Step, address: str
) -> None:
    await post(server, ada, f"look {address}")
    await preview()
    assert not [path for path in site.asked if path != "/"]


async def test_d1_the_html_of_oembed_is_never_kept(server: Server, ada: Viewer, site: Site, preview: Step) -> None:
    site.pages = {
        "/": html('<link rel=alternate type="application/json+oembed" href="/oembed?url=x">'),
        "/oembed?url=x": answer(
            b'{"type":"video","title":"A film","html":"<script>alert(1)</script>","author_name":"Ines",'
            b'"thumbnail_url":"/thumb.png","provider_name":"<b>Tube</b>"}',
            "application/json",
        ),
        "/thumb.png": picture(),
    }
    status = await post(server, ada, site.url())
    await preview()
    card = await card_of(server, status)
    assert isinstance(card, PreviewCard)
    assert (card.kind, card.title, card.author_name) == ("link", "A film", "Ines")
    assert card.image
    assert "alert" not in repr(card)


async def test_a_setting_turns_previews_off(server: Server, ada: Viewer, site: Site, preview: Step) -> None:
    server.settings = msgspec.structs.replace(server.settings, link_previews="off")
    await post(server, ada, site.url())
    await preview()
    assert site.asked == []


async def test_an_edit_changes_the_card_and_a_deletion_leaves_none(
    server: Server, ada: Viewer, site: Site, preview: Step
) -> None:
    site.pages = {"/1": html("<title>One</title>"), "/2": html("<title>Two</title>")}
    status = await post(server, ada, site.url("/1"))
    await preview()
    await edit_status(server, ada, status.id, Correction(text=site.url("/2")))
    await preview()
    card = await card_of(server, status)
    assert isinstance(card, PreviewCard) and card.title == "Two"
    await edit_status(server, ada, status.id, Correction(text="nothing"))
    await preview()
    assert await card_of(server, status) is None
    await edit_status(server, ada, status.id, Correction(text=site.url("/1")))
    await preview()
    await delete_status(server, ada, status.id)
    await preview()
    assert await server.db.value("SELECT count(*) FROM status_cards") == 0
