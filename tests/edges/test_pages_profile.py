"""A profile: its pictures side by side, what it says of itself, and how it stands here."""

import pytest

from mesange.core.accounts.actions.accounts import ProfileChange, change_profile
from mesange.core.accounts.memory import AccountMemory
from mesange.core.statuses.actions.delete import delete_status
from mesange.core.statuses.actions.publish import publish_status
from mesange.core.statuses.model import Draft
from mesange.kit.server import Server
from tests.core.media.test_uploads import uploaded
from tests.edges.reader import ORIGIN, Reader, create, fields_of


async def test_pictures_stand_side_by_side_and_lead_to_their_posts(server: Server, reader: Reader) -> None:
    _user, _account, alma = await create(server, "alma")
    open_one = await uploaded(server, alma, words="A heron")
    veiled = await uploaded(server, alma)
    first = await publish_status(server, alma, Draft("Look", media_ids=(open_one.id,)))
    second = await publish_status(server, alma, Draft("Careful", media_ids=(veiled.id,), is_sensitive=True))
    await publish_status(server, alma, Draft("Words alone"))
    await reader.open("/@alma/media")
    tiles = reader.soup.select(".media-tiles a")
    assert [str(each["href"]) for each in tiles] == [f"/@alma/{second.id}", f"/@alma/{first.id}"]
    assert tiles[0]["aria-label"] == "Sensitive: see the post" and veiled.file not in str(tiles[0])
    picture = tiles[1].img
    assert picture and picture["alt"] == "A heron" and int(str(picture["width"])) and picture["loading"] == "lazy"
    await reader.open(f"/@alma/media?max_id={first.id}")
    assert "No pictures yet" in reader.text


async def test_the_page_about_an_account_gives_its_facts_and_feeds(server: Server, reader: Reader) -> None:
    _user, _account, alma = await create(server, "alma")
    await change_profile(server, alma, ProfileChange(note="Je pédale.", fields=[("Ville", "Lyon")]))
    await publish_status(server, alma, Draft("Bonjour"))
    await reader.open("/@alma/about")
    for words in ("Ville Lyon", "@alma@127.0.0.1:8140", "Here since", "Posts 1", "Last post now", "RSS · Atom"):
        assert words in reader.text, words
    assert reader.text.count("Je pédale.") == 1
    for link in reader.soup.select('.facts a[href^="http"]'):
        assert (await reader.open(str(link["href"]))).status_code == 200


STATES = {
    "limited_at = 1": (200, "limits this account", "limite ce compte"),
    "is_locked = 1": (200, "approves who follows", "choisit qui s’abonne"),
    "suspended_at = 1": (410, "has suspended this account", "a suspendu ce compte"),
    "deleted_at = 1, withdrawn_at = 1": (410, "whose account this was has left", "qui tenait ce compte est partie"),
}


@pytest.mark.parametrize("state", STATES)
async def test_each_state_of_an_account_is_said(server: Server, reader: Reader, state: str) -> None:
    _user, account, alma = await create(server, "alma")
    await publish_status(server, alma, Draft("Bonjour"))
    async with server.db.transaction() as tx:
        await tx.execute(f"UPDATE accounts SET {state} WHERE id = ?", account.id)
    server.of(AccountMemory).accounts.forget_all()
    status, english, french = STATES[state]
    for visitor, words in ((reader, english), (Reader(server, "fr"), french)):
        page = await visitor.open("/@alma")
        assert (page.status_code, words in visitor.text) == (status, True)
        assert (status == 200) == ("Bonjour" in visitor.text)


async def test_a_gone_post_is_shown_as_gone_where_it_was_answered(server: Server, reader: Reader) -> None:
    _user, _account, alma = await create(server, "alma")
    root = await publish_status(server, alma, Draft("Root"))
    doomed = await publish_status(server, alma, Draft("Doomed", in_reply_to_id=root.id))
    left = await publish_status(server, alma, Draft("Left alone", in_reply_to_id=doomed.id))
    below = await publish_status(server, alma, Draft("Below", in_reply_to_id=left.id))
    await delete_status(server, alma, doomed.id)
    for status, gone_at in ((root, 1), (left, 0), (below, 0)):
        await reader.open(f"/@alma/{status.id}")
        thread = reader.soup.select(".thread > article, .thread > .post-gone")
        assert ["post-gone" in each["class"] for each in thread].index(True) == gone_at, status.text
        assert len(reader.soup.select(".post-gone")) == 1
        begins = [str(each["href"]) for each in reader.soup.select(".thread-more a")]
        assert begins == ([] if status is root else [f"/statuses/{root.id}"])
        assert "Doomed" not in reader.text


async def test_a_long_thread_is_read_in_parts(server: Server, reader: Reader) -> None:
    _user, _account, alma = await create(server, "alma")
    root = await publish_status(server, alma, Draft("Root"))
    answers = [await publish_status(server, alma, Draft(f"Answer {n}.", in_reply_to_id=root.id)) for n in range(70)]
    seen: list[str] = []
    address = f"/@alma/{root.id}"
    while address:
        await reader.open(address)
        seen += [str(each["data-status"]) for each in reader.soup.select(".thread .post:not(.post-alone)")]
        following = reader.soup.select_one('.pages a[rel="next"]')
        address = str(following["href"]) if following else ""
    assert seen == [str(each.id) for each in answers]
    assert reader.page.url == f"{ORIGIN}/@alma/{root.id}?skip=60"
    before = reader.soup.select_one('.pages a[rel="prev"]')
    assert before and before["href"] == f"/@alma/{root.id}"


async def test_a_deep_thread_leads_up_to_where_it_began(server: Server, reader: Reader) -> None:
    _user, _account, alma = await create(server, "alma")
    chain = [await publish_status(server, alma, Draft("Root"))]
    for number in range(50):
        chain.append(await publish_status(server, alma, Draft(f"Deep {number}", in_reply_to_id=chain[-1].id)))
    await reader.open(f"/@alma/{chain[-1].id}")
    assert len(reader.soup.select(".thread .post[data-joined]")) == 40
    earlier = reader.soup.select_one(".thread-more a")
    assert earlier
    await reader.open(str(earlier["href"]))
    assert "Root" in reader.text and not reader.soup.select(".thread-more a")


async def test_a_profile_is_looked_at_before_it_is_saved(server: Server, alma: Reader, reader: Reader) -> None:
    await alma.open("/settings/profile")
    form = next(form for form in alma.soup.find_all("form") if form.get("action") == "/settings/profile")
    typed = fields_of(form) | {
        "display_name": "Alma of the Quay",
        "note": "Boats, <b>bread</b> & #storms",
        "fields_attributes[0][name]": "Town",
        "fields_attributes[0][value]": "Saint-Elvec",
        "locked": "1",
    }
    here = {"Sec-Fetch-Site": "same-origin"}
    for headers, is_piece in ((here, False), (here | {"HX-Request": "true"}, True)):
        alma.page = await alma.http.post("/settings/profile/preview", data=typed, headers=headers)
        shown = alma.soup if is_piece else alma.soup.select_one(".profile-seen")
        assert alma.page.status_code == 200 and bool(alma.soup.select("form")) is not is_piece
        assert shown and all(words in shown.get_text() for words in ("Alma of the Quay", "<b>bread</b>", "Saint-Elvec"))
        assert (
            shown.select("a[href='/tags/storms']") and shown.select("[data-name=lock]") and not shown.select("button")
        )
    assert "Alma of the Quay" not in (await reader.open("/@alma")).text, "nothing was kept"
    alma.page = await alma.http.post("/settings/profile/preview", data=typed | {"note": "x" * 501}, headers=here)
    assert alma.page.status_code == 422 and alma.soup.select("#note[aria-invalid]") and "Saint-Elvec" in alma.page.text
