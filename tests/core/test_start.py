"""Starting on what is there: no id comes again, nothing old is told."""

from mesange.core.accounts.model import Viewer
from mesange.core.follows.actions import FollowOptions, follow_account
from mesange.core.statuses.actions.importing import OldPost, checked_post, import_posts
from mesange.kit.clock import HOUR, FixedClock
from mesange.kit.server import Server
from mesange.main import open_server, start
from tests.core.people import new_viewer, post


async def test_after_a_start_with_the_clock_set_back_everything_new_stands_above(
    server: Server, clock: FixedClock, ada: Viewer, bob: Viewer
) -> None:
    before = await post(server, ada, "before")
    await follow_account(server, ada, bob.account_id, FollowOptions())
    newest = await server.db.value("SELECT max(id) FROM follows")
    async with open_server(server.settings, FixedClock(clock.now() - HOUR)) as later:
        await start(later)
        after = await post(later, ada, "after")
        eve = await new_viewer(later, "eve")
        await follow_account(later, eve, bob.account_id, FollowOptions())
    assert after.id > newest > before.id
    assert await server.db.value("SELECT min(id) FROM follows WHERE account_id = ?", eve.account_id) > newest


async def test_a_post_imported_with_the_time_of_now_does_not_disturb_those_written_now(
    server: Server, ada: Viewer
) -> None:
    old = OldPost(ada.account_id, "imported", server.clock.now())
    await import_posts(server, [(old, checked_post(server, old))])
    async with open_server(server.settings, server.clock) as later:
        await start(later)
        assert (await post(later, ada, "written")).id > old.id
