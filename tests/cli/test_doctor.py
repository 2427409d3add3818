"""The doctor compares what is stored twice, portion by portion, and mends what can be mended."""

from dataclasses import replace
from pathlib import Path

import pytest

from mesange.cli.doctor.files import look_at_files
from mesange.cli.doctor.index import look_at_index
from mesange.core.accounts.actions.accounts import ProfileChange
from mesange.core.accounts.model import Viewer
from mesange.core.emojis.actions import add_emoji
from mesange.core.media.actions.fetched import store_fetched
from mesange.core.media.actions.files import delete_doomed, store_file
from mesange.core.media.actions.portraits import change_profile_and_portraits
from mesange.core.media.actions.processing import settle_media
from mesange.core.media.actions.uploads import upload_media
from mesange.core.media.model import MediaWords
from mesange.core.search.model import parsed
from mesange.core.search.queries import Search, search_statuses
from mesange.core.search.tables import status_index
from mesange.core.statuses.actions.delete import delete_status
from mesange.kit.clock import HOUR, FixedClock
from mesange.kit.consumers import ConsumerRunner
from mesange.kit.images import ImageKind
from mesange.kit.media import new_name, open_media
from mesange.kit.paging import Page
from mesange.kit.server import Server
from mesange.kit.settings import Settings
from mesange.main import SEARCH
from tests.core.media.test_uploads import encoded, sent
from tests.core.people import new_viewer, post


async def catch_up(server: Server) -> None:
    runner = ConsumerRunner(server, server.db, server.eventlog, SEARCH)
    while await runner.step():
        pass


@pytest.fixture
async def ada(server: Server) -> Viewer:
    return await new_viewer(server, "ada")


async def test_an_index_that_lost_posts_and_kept_others_is_found_and_mended(
    server: Server, ada: Viewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mesange.core.search.queries.gaps.PORTION", 7)
    said = [await post(server, ada, f"canary {number}") for number in range(40)]
    await catch_up(server)
    assert (await look_at_index(server, repair=False)).remedy == ""
    lost, gone = [status.id for status in said[3:30]], [said[1].id, said[35].id]
    async with server.db.transaction() as tx:
        await status_index(server).remove(tx, lost)
        for id in gone:
            await tx.execute("DELETE FROM statuses WHERE id = ?", id)
    found = await look_at_index(server, repair=False)
    assert found.what == "search index: 27 posts missing, 2 documents of no post"
    assert found.remedy
    assert (await look_at_index(server, repair=True)).remedy == ""
    assert (await look_at_index(server, repair=False)).what.endswith(": 0 posts missing, 0 documents of no post")
    found_now = await search_statuses(server, ada, Search(parsed("canary"), Page(limit=40)))
    assert found_now == sorted({status.id for status in said} - set(gone), reverse=True)


async def test_what_waits_to_be_indexed_is_no_gap(server: Server, ada: Viewer) -> None:
    kept = await post(server, ada, "first")
    await catch_up(server)
    await post(server, ada, "second")
    await delete_status(server, ada, kept.id)
    assert (await look_at_index(server, repair=False)).remedy == ""


async def test_an_index_that_is_far_behind_is_let_catch_up(
    server: Server, ada: Viewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mesange.core.search.queries.gaps.MOST_WAITING", 2)
    for number in range(4):
        await post(server, ada, f"post {number}")
    assert "catch up" in (await look_at_index(server, repair=True)).remedy


@pytest.fixture(params=["folder", "bucket"])
def stored(server: Server, request: pytest.FixtureRequest) -> Server:
    """The same server, its media in a store of either kind."""
    url = str(request.getfixturevalue("bucket")) if request.param == "bucket" else ""
    settings = Settings(data=server.settings.data, media_url=url, media_access_key="k", media_secret_key="s")
    return replace(server, media=open_media(settings))


@pytest.mark.parametrize("at_once", [100_000, 2])
async def test_files_without_a_row_and_rows_without_their_file_are_counted(
    stored: Server, ada: Viewer, clock: FixedClock, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr("mesange.cli.doctor.files.AT_ONCE", at_once)
    media = await upload_media(stored, ada, sent(stored, encoded()), MediaWords())
    await settle_media(stored, [media.id], 10)
    changed = await change_profile_and_portraits(stored, ada, ProfileChange(), {ImageKind.AVATAR: encoded()})
    await add_emoji(stored, "wave", encoded(), "")
    fetched = await store_fetched(stored, b"picture", "image/webp", "https://there.example/")
    claimed = await store_file(stored, b"claimed a moment ago", "image/webp")
    orphans = [new_name("image/webp") for _ in range(5)]
    for name in orphans:
        await stored.media.put(name, b"nobody needs me")
    assert [found.remedy for found in await look_at_files(stored, repair=False)] == ["", ""], "too young to tell"
    clock.move(100 * 365 * 24 * HOUR)
    nobodys, lost = await look_at_files(stored, repair=False)
    assert nobodys.what.endswith(": 5") and nobodys.remedy and not lost.remedy
    for name in (changed.avatar, fetched):
        await stored.media.delete(name)
    _, lost = await look_at_files(stored, repair=True)
    assert lost.what.endswith(": 2") and changed.avatar in lost.remedy
    await delete_doomed(stored)
    left = {file.name async for portion in stored.media.files() for file in portion}
    assert left.isdisjoint({*orphans, claimed})
    assert (await look_at_files(stored, repair=False))[0].what.endswith(": 0")


async def test_what_a_crash_left_half_written_goes_too(server: Server, clock: FixedClock) -> None:
    half = Path(server.settings.data / "media" / f"{'a' * 32}.part")
    half.parent.mkdir(exist_ok=True)
    half.write_bytes(b"half")
    clock.move(100 * 365 * 24 * HOUR)
    assert (await look_at_files(server, repair=True))[0].what.endswith(": 1")
    await delete_doomed(server)
    assert not half.exists()
