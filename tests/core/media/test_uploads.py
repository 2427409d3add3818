"""Files for posts: taken, made ready, described, attached once, kept with versions, deleted with the last use."""

import asyncio
import io
from pathlib import Path

import pytest
from PIL import Image

from mesange.core.accounts.actions.accounts import ProfileChange
from mesange.core.accounts.model import Viewer
from mesange.core.accounts.queries import get_account
from mesange.core.media.actions.attach import hold_media, let_go_media
from mesange.core.media.actions.changes import MediaInUse, describe_media, discard_media
from mesange.core.media.actions.clearing import delete_loose_media, give_up_processing
from mesange.core.media.actions.files import delete_doomed
from mesange.core.media.actions.portraits import change_profile_and_portraits
from mesange.core.media.actions.processing import incoming_folder, resume_processing, settle_media
from mesange.core.media.actions.uploads import upload_media
from mesange.core.media.model import MediaAttachment, MediaKind, MediaState, MediaWords, focus_of
from mesange.core.media.queries import get_media, load_media
from mesange.core.statuses.actions.delete import delete_status
from mesange.core.statuses.actions.edit import Correction, edit_status
from mesange.core.statuses.actions.publish import publish_status
from mesange.core.statuses.model import Draft, Holds, Status
from mesange.core.statuses.queries import AccountFilter, find_status, list_account_statuses, list_versions
from mesange.core.timelines.queries import HashtagFilter, Origin, list_hashtag, list_public
from mesange.kit.clock import DAY, HOUR, FixedClock
from mesange.kit.errors import Invalid, NoRoom, NotFound, TooLarge
from mesange.kit.images import MOST_PICTURE_BYTES, ImageKind
from mesange.kit.paging import Page
from mesange.kit.server import Server
from tests.core.people import post


def encoded(width: int = 64, height: int = 48, image_format: str = "PNG") -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (width, height), "red").save(file, image_format)
    return file.getvalue()


def sent(server: Server, content: bytes) -> Path:
    """As an edge hands a file over: written into the folder of what comes in."""
    folder = incoming_folder(server)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"upload-{len(list(folder.iterdir()))}"
    path.write_bytes(content)
    return path


async def uploaded(server: Server, viewer: Viewer, content: bytes | None = None, words: str = "") -> MediaAttachment:
    given = encoded() if content is None else content
    media = await upload_media(server, viewer, sent(server, given), MediaWords(words))
    await settle_media(server, [media.id], 20)
    return await get_media(server.db, viewer, media.id)


async def with_media(server: Server, viewer: Viewer, *media: MediaAttachment, text: str = "look") -> Status:
    return await publish_status(server, viewer, Draft(text, media_ids=tuple(each.id for each in media)))


async def stored_names(server: Server) -> set[str]:
    """Files that are in the store, after what is doomed went."""
    await delete_doomed(server)
    folder = server.settings.data / "media"
    return {path.name for path in folder.iterdir()} if folder.exists() else set()


async def test_a_file_is_taken_at_once_and_ready_a_moment_later(server: Server, ada: Viewer) -> None:
    media = await upload_media(server, ada, sent(server, encoded()), MediaWords("a red field", (0.5, -1)))
    assert (media.state, media.kind, media.file) == (MediaState.PROCESSING, MediaKind.IMAGE, "")

    await settle_media(server, [media.id], 20)

    ready = await get_media(server.db, ada, media.id)
    assert (ready.state, ready.width, ready.height, ready.description) == (MediaState.READY, 64, 48, "a red field")
    assert (ready.focus_x, ready.focus_y) == (5_000, -10_000)
    assert await stored_names(server) == {ready.file, ready.preview}
    assert not list(incoming_folder(server).iterdir()), "the original is gone"


async def test_words_changed_while_the_file_is_made_ready_stay(server: Server, ada: Viewer) -> None:
    media = await upload_media(server, ada, sent(server, encoded()), MediaWords("first"))
    await describe_media(server, ada, media.id, MediaWords("second", (1, 0)))
    await settle_media(server, [media.id], 20)
    ready = await get_media(server.db, ada, media.id)
    assert (ready.state, ready.description, ready.focus_x) == (MediaState.READY, "second", 10_000)


async def test_a_file_that_cannot_be_read_fails_with_the_reason(server: Server, ada: Viewer) -> None:
    media = await uploaded(server, ada, encoded()[:60])
    assert media.state is MediaState.FAILED
    assert "image" in media.failure
    assert await stored_names(server) == set()
    with pytest.raises(Invalid, match="could not be read"):
        await with_media(server, ada, media)


@pytest.mark.parametrize(
    "content", [b"", b"GIF", b"<svg/>", b"%PDF-1.7", b"#EXTM3U\nfile:///etc/passwd", b"RIFF....WAVX"]
)
async def test_c1_what_is_no_file_that_we_take_is_refused_before_it_waits(
    server: Server, ada: Viewer, content: bytes
) -> None:
    with pytest.raises(Invalid, match="not supported"):
        await upload_media(server, ada, sent(server, content), MediaWords())
    assert await server.db.value("SELECT count(*) FROM media_attachments") == 0


async def test_a_picture_of_too_many_bytes_is_refused(server: Server, ada: Viewer) -> None:
    with pytest.raises(TooLarge, match="16 MB"):
        await upload_media(server, ada, sent(server, encoded() + bytes(MOST_PICTURE_BYTES)), MediaWords())


async def test_an_alt_text_of_100_kb_is_refused_and_one_of_1500_signs_taken(server: Server, ada: Viewer) -> None:
    with pytest.raises(Invalid, match="1500"):
        await upload_media(server, ada, sent(server, encoded()), MediaWords("x" * 100_000))
    media = await uploaded(server, ada, words="é" * 1_500)
    assert len(media.description) == 1_500
    with pytest.raises(Invalid):
        await describe_media(server, ada, media.id, MediaWords("x" * 1_501))


@pytest.mark.parametrize(
    ("text", "focus"),
    [
        ("", None),
        ("0,0", (0, 0)),
        ("-0.25,0.5", (-0.25, 0.5)),
        ("9,-9", (1, -1)),
        ("1e9,-1e308", (1, -1)),
        *((wrong, Invalid) for wrong in ("nan,0", "inf,0", "0,-inf", "x", ",", "0", "0,0,0", "0;0", "1" * 100_000)),
    ],
)
def test_c10_a_focus_is_two_numbers_between_minus_one_and_one(text: str, focus: object) -> None:
    if focus is Invalid:
        with pytest.raises(Invalid):
            focus_of(text)
    else:
        assert focus_of(text) == focus


# Posts ---------------------------------------------------------------------------------------------------------------


async def test_a_post_carries_up_to_four_files_in_the_order_given(server: Server, ada: Viewer) -> None:
    files = [await uploaded(server, ada) for _ in range(5)]
    status = await with_media(server, ada, files[3], files[0], files[2], files[1])
    assert status.holds == Holds.MEDIA
    carried = (await load_media(server.db, [status.id]))[status.id]
    assert [each.id for each in carried] == [files[n].id for n in (3, 0, 2, 1)]
    with pytest.raises(Invalid, match="more than 4"):
        await with_media(server, ada, *files)


async def test_a_picture_needs_no_words_beside_it(server: Server, ada: Viewer) -> None:
    status = await with_media(server, ada, await uploaded(server, ada), text="")
    assert status.text == ""
    with pytest.raises(Invalid, match="blank"):
        await with_media(server, ada, text="")
    with pytest.raises(Invalid, match="blank"):
        await edit_status(server, ada, status.id, Correction(media_ids=()))


async def test_a_file_is_attached_once_by_its_owner_when_it_is_ready(server: Server, ada: Viewer, bob: Viewer) -> None:
    media = await uploaded(server, ada)
    for viewer, ids in ((bob, (media.id,)), (ada, (media.id, media.id)), (ada, (7,)), (ada, (0,))):
        with pytest.raises(Invalid):
            await publish_status(server, viewer, Draft("x", media_ids=ids))
    waiting = await upload_media(server, ada, sent(server, encoded()), MediaWords())
    with pytest.raises(Invalid, match="not finished processing"):
        await with_media(server, ada, waiting)
    await with_media(server, ada, media)
    with pytest.raises(Invalid, match="already attached"):
        await with_media(server, ada, media)
    assert await server.db.value("SELECT count(*) FROM statuses") == 1
    await settle_media(server, [waiting.id], 20)


async def test_of_many_posts_at_once_one_gets_the_file(server: Server, ada: Viewer) -> None:
    media = await uploaded(server, ada)
    ends = await asyncio.gather(*(with_media(server, ada, media) for _ in range(8)), return_exceptions=True)
    assert sum(isinstance(end, Status) for end in ends) == 1
    assert sum(isinstance(end, Invalid) for end in ends) == 7


async def test_lists_of_posts_with_media_hold_only_those(server: Server, ada: Viewer) -> None:
    plain, shown = (
        await post(server, ada, "#tag"),
        await with_media(server, ada, await uploaded(server, ada), text="#tag"),
    )
    only = Origin(only_media=True)
    everything = [shown.id, plain.id]
    assert await list_public(server, ada, Page(), Origin()) == everything
    assert await list_public(server, ada, Page(), only) == [shown.id]
    assert await list_hashtag(server, ada, Page(), HashtagFilter("tag"), only) == [shown.id]
    own = AccountFilter(only_media=True)
    assert await list_account_statuses(server, ada, ada.account_id, Page(), own) == [shown.id]


# Versions ------------------------------------------------------------------------------------------------------------


async def test_an_edit_changes_files_and_words_and_the_history_keeps_what_was(server: Server, ada: Viewer) -> None:
    first, second = await uploaded(server, ada, words="one"), await uploaded(server, ada, words="two")
    status = await with_media(server, ada, first)

    await edit_status(server, ada, status.id, Correction(media_ids=(second.id, first.id)))
    await edit_status(server, ada, status.id, Correction(media_words={first.id: MediaWords("uno", (0, 1))}))
    edited = await edit_status(server, ada, status.id, Correction(media_ids=(second.id,)))

    assert edited.revision == 3
    versions = await list_versions(server.db, edited)
    assert [version.media for version in versions] == [
        ((first.id, "one"),),
        ((second.id, "two"), (first.id, "one")),
        ((second.id, "two"), (first.id, "uno")),
        ((second.id, "two"),),
    ]
    unchanged = await edit_status(server, ada, status.id, Correction(media_ids=(second.id,)))
    assert unchanged.revision == 3
    without = await edit_status(server, ada, status.id, Correction(media_ids=()))
    assert without.holds == Holds.NOTHING
    assert await load_media(server.db, [status.id]) == {}
    assert len(await stored_names(server)) == 4
    await delete_status(server, ada, status.id)
    assert await stored_names(server) == set()


async def test_an_edit_takes_no_file_of_another_post(server: Server, ada: Viewer) -> None:
    first, second = await uploaded(server, ada), await uploaded(server, ada)
    status, _ = await with_media(server, ada, first), await with_media(server, ada, second)
    with pytest.raises(Invalid, match="already attached"):
        await edit_status(server, ada, status.id, Correction(media_ids=(first.id, second.id)))
    assert (await find_status(server, status.id) or status).revision == 0


# The end of a file ---------------------------------------------------------------------------------------------------


async def test_files_of_a_deleted_post_may_be_attached_again_for_a_day(
    server: Server, ada: Viewer, clock: FixedClock
) -> None:
    media = await uploaded(server, ada)
    await delete_status(server, ada, (await with_media(server, ada, media)).id)
    again = await with_media(server, ada, media)
    await delete_status(server, ada, again.id)
    clock.move(DAY + 1)
    await delete_loose_media(server)
    assert await stored_names(server) == set()
    with pytest.raises(NotFound):
        await get_media(server.db, ada, media.id)


async def test_a_post_deleted_with_its_files_leaves_none(server: Server, ada: Viewer) -> None:
    status = await with_media(server, ada, await uploaded(server, ada), await uploaded(server, ada))
    assert len(await stored_names(server)) == 4
    await delete_status(server, ada, status.id, deletes_media=True)
    assert await stored_names(server) == set()
    assert await server.db.value("SELECT count(*) FROM media_attachments") == 0


async def test_a_file_that_nobody_attaches_goes_after_a_day_unless_a_draft_holds_it(
    server: Server, ada: Viewer, bob: Viewer, clock: FixedClock
) -> None:
    lost, held = await uploaded(server, ada), await uploaded(server, ada)
    async with server.db.transaction() as tx:
        await hold_media(tx, ada.account_id, [held.id])
        with pytest.raises(Invalid):
            await hold_media(tx, bob.account_id, [held.id])
    clock.move(DAY + 1)
    await delete_loose_media(server)
    assert await stored_names(server) == {held.file, held.preview}
    with pytest.raises(NotFound):
        await get_media(server.db, ada, lost.id)
    async with server.db.transaction() as tx:
        await let_go_media(server, tx, ada.account_id, [held.id])
    await delete_loose_media(server)
    assert len(await stored_names(server)) == 2, "a day begins anew"
    clock.move(DAY + 1)
    await delete_loose_media(server)
    assert await stored_names(server) == set()


async def test_its_owner_deletes_a_file_that_no_post_carries(server: Server, ada: Viewer, bob: Viewer) -> None:
    media, used = await uploaded(server, ada), await uploaded(server, ada)
    await with_media(server, ada, used)
    with pytest.raises(NotFound):
        await discard_media(server, bob, media.id)
    await discard_media(server, ada, media.id)
    assert await stored_names(server) == {used.file, used.preview}
    for act in (discard_media(server, ada, used.id), describe_media(server, ada, used.id, MediaWords("x"))):
        with pytest.raises(MediaInUse):
            await act


async def test_a_file_deleted_while_it_is_made_ready_leaves_nothing(
    server: Server, ada: Viewer, clock: FixedClock
) -> None:
    media = await upload_media(server, ada, sent(server, encoded()), MediaWords())
    await discard_media(server, ada, media.id)
    await settle_media(server, [media.id], 20)
    clock.move(2 * HOUR)
    assert await stored_names(server) == set()
    assert not list(incoming_folder(server).iterdir())


async def test_a_restart_makes_ready_what_was_waiting(server: Server, ada: Viewer) -> None:
    media = await uploaded(server, ada)
    async with server.db.transaction() as tx:
        await tx.execute("UPDATE media_attachments SET state = 'processing', file = '' WHERE id = ?", media.id)
    (incoming_folder(server) / str(media.id)).write_bytes(encoded())
    (incoming_folder(server) / "upload-of-somebody").write_bytes(b"half")

    await resume_processing(server)
    await settle_media(server, [media.id], 20)

    assert (await get_media(server.db, ada, media.id)).state is MediaState.READY
    assert [path.name for path in incoming_folder(server).iterdir()] == ["upload-of-somebody"]


async def test_what_never_gets_ready_is_given_up_after_an_hour(server: Server, ada: Viewer, clock: FixedClock) -> None:
    media = await uploaded(server, ada)
    async with server.db.transaction() as tx:
        await tx.execute("UPDATE media_attachments SET state = 'processing' WHERE id = ?", media.id)
    clock.move(HOUR + 1)
    await give_up_processing(server)
    assert (await get_media(server.db, ada, media.id)).state is MediaState.FAILED


async def test_without_free_space_files_are_refused_and_posts_go_on(server: Server, ada: Viewer) -> None:
    object.__setattr__(server, "settings", replace_setting(server, media_free_space=1 << 60))
    with pytest.raises(NoRoom) as refusal:
        await upload_media(server, ada, sent(server, encoded()), MediaWords())
    assert "What carries none still works" in refusal.value.public_text
    assert (await post(server, ada, "still here")).text == "still here"


async def test_an_account_keeps_no_more_bytes_than_it_may(server: Server, ada: Viewer, bob: Viewer) -> None:
    size = len(encoded())
    object.__setattr__(server, "settings", replace_setting(server, media_bytes_per_account=2 * size))
    await uploaded(server, ada)
    with pytest.raises(Invalid, match="all the room"):
        await uploaded(server, ada)
    await uploaded(server, bob)


def replace_setting(server: Server, **changed: int) -> object:
    import msgspec

    return msgspec.structs.replace(server.settings, **changed)


# Portraits -----------------------------------------------------------------------------------------------------------


async def test_a_new_portrait_takes_the_place_of_the_old_one(server: Server, ada: Viewer) -> None:
    for _ in range(2):
        pictures = {ImageKind.AVATAR: encoded(), ImageKind.HEADER: encoded()}
        await change_profile_and_portraits(server, ada, ProfileChange(note="me"), pictures)
    account = await get_account(server, ada.account_id)
    assert await stored_names(server) == {account.avatar, account.header}
    with pytest.raises(Invalid) as refusal:
        await change_profile_and_portraits(server, ada, ProfileChange(), {ImageKind.AVATAR: b"<svg/>"})
    assert refusal.value.field == "avatar"
    with pytest.raises(Invalid):
        await change_profile_and_portraits(server, ada, ProfileChange(note="x" * 501), {ImageKind.AVATAR: encoded()})
    assert await stored_names(server) == {account.avatar, account.header}
