"""A link to a post of this server quotes it: for those who may see it, as long as they may."""

from collections.abc import Awaitable, Callable

from mesange.core.accounts.model import VISITOR, Viewer
from mesange.core.follows.actions import block_account, mute_account
from mesange.core.statuses.actions.delete import delete_status
from mesange.core.statuses.actions.marks import reblog_status
from mesange.core.statuses.model import Status
from mesange.kit.server import Server
from tests.core.cards.pages import Site
from tests.core.cards.test_cards import card_of
from tests.core.people import new_viewer, post

Step = Callable[[], Awaitable[None]]


async def quoted_by(server: Server, quoting: Status, viewer: Viewer) -> int | None:
    card = await card_of(server, quoting, viewer)
    assert card is None or isinstance(card, Status)
    return card.id if card else None


async def test_a_link_to_a_post_here_quotes_it_without_a_visit(
    server: Server, ada: Viewer, bob: Viewer, site: Site, preview: Step
) -> None:
    said = await post(server, ada, "The blue tit is back")
    for address in (
        f"/@ada/{said.id}",
        f"/statuses/{said.id}",
        f"/users/ada/statuses/{said.id}",
        f"/@ada/{said.id}?a#b",
    ):
        quoting = await post(server, bob, f"Yes! https://here.example{address}")
        await preview()
        assert await quoted_by(server, quoting, VISITOR) == said.id
    boost = await reblog_status(server, bob, said.id)
    quoting = await post(server, bob, f"https://here.example/@bob/{boost.id}")
    await preview()
    assert await quoted_by(server, quoting, VISITOR) == said.id
    assert await server.db.value("SELECT count(*) FROM preview_cards") == 0


async def test_pages_of_this_server_that_are_no_posts_get_no_card(
    server: Server, ada: Viewer, site: Site, preview: Step
) -> None:
    for path in ("/", "/@ada", "/tags/x", "/@ada/12345", "/settings/profile", "/@ada/99999999999999999999"):
        await post(server, ada, f"https://here.example{path}")
    await preview()
    assert await server.db.value("SELECT count(*) FROM status_cards") == 0
    assert await server.db.value("SELECT count(*) FROM preview_cards") == 0


async def test_f4_what_is_not_open_is_not_quoted(server: Server, ada: Viewer, bob: Viewer, preview: Step) -> None:
    for visibility in ("private", "direct"):
        said = await post(server, ada, f"@bob canary {visibility}", visibility)
        quoting = await post(server, ada, f"https://here.example/@ada/{said.id}")
        await preview()
        for viewer in (VISITOR, bob, ada):
            assert await quoted_by(server, quoting, viewer) is None


async def test_a_quote_goes_with_what_it_quotes(server: Server, ada: Viewer, bob: Viewer, preview: Step) -> None:
    said = await post(server, ada, "for a while")
    quoting = await post(server, bob, f"https://here.example/@ada/{said.id}")
    await preview()
    assert await quoted_by(server, quoting, bob) == said.id
    await delete_status(server, ada, said.id)
    assert await quoted_by(server, quoting, bob) is None


async def test_a_block_hides_quotes_on_all_sides(
    server: Server, ada: Viewer, bob: Viewer, eve: Viewer, preview: Step
) -> None:
    said = await post(server, ada, "hello")
    quoting = await post(server, bob, f"https://here.example/@ada/{said.id}")
    await preview()
    dan = await new_viewer(server, "dan")
    await mute_account(server, dan, ada.account_id)
    await block_account(server, ada, eve.account_id)
    assert await quoted_by(server, quoting, eve) is None
    assert await quoted_by(server, quoting, dan) is None
    assert await quoted_by(server, quoting, VISITOR) == said.id
    await block_account(server, ada, bob.account_id)
    assert await quoted_by(server, quoting, VISITOR) is None
