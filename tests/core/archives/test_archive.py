"""The archive of an account: whole, true, its owner's alone, and gone in time."""

import csv
import io
import json
import zipfile
from typing import Any

import pytest

from mesange.core.accounts.actions.accounts import add_own_account
from mesange.core.accounts.model import Viewer
from mesange.core.archives.actions import (
    archive_path,
    ask_archive,
    make_archives,
    offer_download,
    remove_old_archives,
    use_download,
)
from mesange.core.archives.actions.claims import claim
from mesange.core.archives.model import LINK_LIFE, STALE_AFTER, TooSoon, Work
from mesange.core.archives.queries import find_archive, list_archives
from mesange.core.archives.tables import archives
from mesange.core.follows.actions import FollowOptions, block_account, follow_account, mute_account, write_note
from mesange.core.media.model import MediaAttachment, MediaKind, MediaState
from mesange.core.media.tables import media_attachments
from mesange.core.statuses.actions.edit import Correction, edit_status
from mesange.core.statuses.actions.marks import bookmark_status, favourite_status, reblog_status
from mesange.core.statuses.actions.publish import publish_status
from mesange.core.statuses.model import Draft, PollDraft
from mesange.kit.clock import DAY, FixedClock
from mesange.kit.errors import Forbidden, NotFound
from mesange.kit.media import new_name
from mesange.kit.server import Server
from mesange.kit.zipped import verify_zip
from tests.core.people import new_viewer, post


async def made(server: Server, viewer: Viewer) -> zipfile.ZipFile:
    archive = await ask_archive(server, viewer)
    await make_archives(server)
    ready = await find_archive(server.db, archive.id)
    assert ready is not None and ready.state is Work.READY
    path = archive_path(server.settings, ready.file)
    assert verify_zip(path) == len(zipfile.ZipFile(path).namelist()) - 1
    assert path.stat().st_size == ready.size
    return zipfile.ZipFile(path)


def read(archive: zipfile.ZipFile, name: str) -> Any:
    return json.loads(archive.read(name))


def table(archive: zipfile.ZipFile, name: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(archive.read(f"csv/{name}").decode())))


async def test_an_archive_holds_everything_in_a_form_that_others_read(
    server: Server, ada: Viewer, bob: Viewer, eve: Viewer
) -> None:
    said = [
        await post(server, ada, "Bonjour @bob #Rio", visibility)
        for visibility in ("public", "unlisted", "private", "direct")
    ]
    of_bob = await post(server, bob, "By bob")
    boost = await reblog_status(server, ada, of_bob.id)
    await favourite_status(server, ada, of_bob.id)
    await bookmark_status(server, ada, of_bob.id)
    await follow_account(server, ada, bob.account_id, FollowOptions(languages="fr en"))
    await block_account(server, ada, eve.account_id)
    await write_note(server, ada, bob.account_id, "met in Rio")
    await edit_status(server, ada, said[0].id, Correction("Bonsoir @bob #Rio"))
    archive = await made(server, ada)
    origin = server.settings.public_origin

    outbox = read(archive, "outbox.json")
    assert outbox["totalItems"] == len(outbox["orderedItems"]) == 5
    assert [item["type"] for item in outbox["orderedItems"]] == ["Create"] * 4 + ["Announce"]
    public = "https://www.w3.org/ns/activitystreams#Public"
    addressed = [(public in item["to"], public in item["cc"]) for item in outbox["orderedItems"][:4]]
    assert addressed == [(True, False), (False, True), (False, False), (False, False)]
    note = outbox["orderedItems"][0]["object"]
    assert note["source"]["content"] == "Bonsoir @bob #Rio" and f"{origin}/@bob" in note["content"]
    assert {tag["type"] for tag in note["tag"]} == {"Mention", "Hashtag"}
    assert outbox["orderedItems"][3]["to"] == [f"{origin}/users/bob"]
    assert outbox["orderedItems"][4]["object"] == f"{origin}/users/bob/statuses/{of_bob.id}"
    assert str(boost.id) in outbox["orderedItems"][4]["id"]

    assert read(archive, "actor.json")["preferredUsername"] == "ada"
    assert read(archive, "likes.json")["orderedItems"] == [f"{origin}/users/bob/statuses/{of_bob.id}"]
    domain = server.settings.domain
    assert table(archive, "following_accounts.csv")[1] == [f"bob@{domain}", "true", "false", "fr, en"]
    assert table(archive, "blocked_accounts.csv")[1] == [f"eve@{domain}"]
    assert table(archive, "bookmarks.csv") == [[f"{origin}/users/bob/statuses/{of_bob.id}"]]
    assert read(archive, "mesange/notes.json") == [{"target_id": str(bob.account_id), "comment": "met in Rio"}]
    assert [edit["text"] for edit in read(archive, "mesange/edits.json")] == ["Bonjour @bob #Rio"]
    assert read(archive, "mesange/login.json")[0]["email"] == "ada@example.org"
    assert read(archive, "mesange/reports_made.json") == []


async def test_f2_an_archive_holds_nothing_that_its_owner_may_not_read(
    server: Server, ada: Viewer, bob: Viewer
) -> None:
    hidden = [await post(server, bob, "canary", visibility) for visibility in ("private", "direct")]
    seen = await post(server, bob, "seen", "private")
    await follow_account(server, ada, bob.account_id, FollowOptions())
    await favourite_status(server, ada, seen.id)
    archive = await made(server, ada)
    everything = b"".join(archive.read(name) for name in archive.namelist())
    assert b"canary" not in everything and b"bob@example.org" not in everything
    assert not [each for each in hidden if str(each.id).encode() in everything]


async def test_files_and_polls_come_along(server: Server, ada: Viewer) -> None:
    name = new_name("image/png")
    await server.media.put(name, b"\x89PNG and so on")
    file = MediaAttachment(
        server.ids.next(), ada.account_id, MediaKind.IMAGE, MediaState.READY, "Le port", file=name, loose_since=1
    )
    async with server.db.transaction() as tx:
        await tx.insert(media_attachments, file)
    await publish_status(server, ada, Draft("Voilà", media_ids=(file.id,)))
    await publish_status(server, ada, Draft("Où ?", poll=PollDraft(("Rio", "Nantes"), 600)))
    archive = await made(server, ada)
    [shown, asked] = [item["object"] for item in read(archive, "outbox.json")["orderedItems"]]
    assert (shown["attachment"][0]["name"], shown["attachment"][0]["mediaType"]) == ("Le port", "image/png")
    assert archive.read(shown["attachment"][0]["url"].removeprefix("/")) == b"\x89PNG and so on"
    assert asked["type"] == "Question" and [option["name"] for option in asked["oneOf"]] == ["Rio", "Nantes"]


async def test_many_posts_are_written_page_by_page(server: Server, ada: Viewer) -> None:
    for number in range(450):
        await post(server, ada, f"Post {number}")
    outbox = read(await made(server, ada), "outbox.json")
    assert [item["object"]["source"]["content"] for item in outbox["orderedItems"]] == [f"Post {n}" for n in range(450)]
    [archive] = await list_archives(server.db, ada)
    assert archive.done == 450


async def test_the_owner_is_told_by_mail_without_a_link_that_opens_it(server: Server, ada: Viewer) -> None:
    await made(server, ada)
    [letter] = await server.mail.list_newest()
    assert letter.recipient == "ada@example.org"
    [archive] = await list_archives(server.db, ada)
    assert archive.file not in letter.body and "/settings/data" in letter.body


async def test_j8_a_link_is_good_once_for_its_owner_and_for_minutes(
    server: Server, ada: Viewer, bob: Viewer, clock: FixedClock
) -> None:
    await made(server, ada)
    [archive] = await list_archives(server.db, ada)
    with pytest.raises(NotFound):
        await offer_download(server, bob, archive.id)
    secret = await offer_download(server, ada, archive.id)
    with pytest.raises(NotFound):
        await use_download(server, bob, secret)
    assert (await use_download(server, ada, secret)).id == archive.id
    with pytest.raises(NotFound):
        await use_download(server, ada, secret)
    late = await offer_download(server, ada, archive.id)
    clock.move(LINK_LIFE + 1)
    with pytest.raises(NotFound):
        await use_download(server, ada, late)


async def test_an_archive_goes_after_its_days_and_then_another_may_be_made(
    server: Server, ada: Viewer, clock: FixedClock
) -> None:
    await made(server, ada)
    with pytest.raises(TooSoon):
        await ask_archive(server, ada)
    clock.move(server.settings.archive_days * DAY + 1)
    await remove_old_archives(server)
    [archive] = await list_archives(server.db, ada)
    assert archive.state is Work.GONE and not archive_path(server.settings, archive.file).exists()
    await ask_archive(server, ada)


async def test_only_the_owner_of_an_account_takes_everything(server: Server, ada: Viewer, bob: Viewer) -> None:
    with pytest.raises(Forbidden):
        await ask_archive(server, Viewer(account_id=ada.account_id, user_id=bob.user_id))


async def test_work_of_a_server_that_died_is_taken_up(server: Server, ada: Viewer, clock: FixedClock) -> None:
    asked = await ask_archive(server, ada)
    assert (await claim(server, archives)) is not None
    assert await claim(server, archives) is None, "somebody is at it"
    clock.move(STALE_AFTER + 1)
    await make_archives(server)
    ready = await find_archive(server.db, asked.id)
    assert ready is not None and ready.state is Work.READY


async def test_a_disk_that_is_full_leaves_nothing_behind(server: Server, ada: Viewer) -> None:
    folder = archive_path(server.settings, "")
    folder.parent.joinpath("archives").write_text("a file where the folder should be")
    asked = await ask_archive(server, ada)
    await make_archives(server)
    failed = await find_archive(server.db, asked.id)
    assert failed is not None and failed.state is Work.FAILED
    folder.parent.joinpath("archives").unlink()
    assert (await ask_archive(server, ada)).state is Work.ASKED, "a failed one does not count"


async def test_a_pseudonym_and_its_person_stand_apart(server: Server, ada: Viewer) -> None:
    other = await new_viewer(server, "pseudonym")
    await mute_account(server, other, ada.account_id)
    archive = await made(server, ada)
    assert b"pseudonym" not in b"".join(archive.read(name) for name in archive.namelist())


async def test_f2_the_archive_of_a_pseudonym_says_nothing_of_its_person(server: Server, ada: Viewer) -> None:
    async with server.db.transaction() as tx:
        await tx.execute("UPDATE users SET email = ? WHERE id = ?", "canary@example.org", ada.user_id)
    await post(server, ada, "canary of the other account")
    owl = await add_own_account(server, ada, "night_owl", is_pseudonym=True)
    owl_viewer = Viewer(account_id=owl.id, user_id=ada.user_id)
    await post(server, owl_viewer, "Hoo")
    archive = await made(server, owl_viewer)
    content = b"".join(archive.read(name) for name in archive.namelist())
    assert b"Hoo" in content
    for secret in ("canary", str(ada.account_id), str(ada.user_id), "ada"):
        assert secret.encode() not in content, secret
