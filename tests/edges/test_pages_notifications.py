"""The page of notifications, and where else one is told."""

import pytest

from mesange.core.accounts.actions.accounts import add_own_account
from mesange.core.accounts.model import Viewer
from mesange.core.accounts.queries import get_account_by_acct
from mesange.core.follows.actions import FollowOptions, follow_account
from mesange.core.notifications.actions.absent import tell_the_absent
from mesange.core.notifications.queries import count_unread
from mesange.core.statuses.actions.marks import favourite_status
from mesange.core.statuses.actions.publish import publish_status
from mesange.core.statuses.model import Draft
from mesange.edges.mastodon.pushing import send_due_pushes
from mesange.kit.clock import HOUR
from mesange.kit.http import Http
from mesange.kit.server import Server
from tests.edges.reader import Reader, create, digest
from tests.edges.test_pages_decks import make_deck, viewer_of
from tests.kit.loopback import LOOPBACK, Loopback
from tests.kit.test_webpush import Phone

OURS = {"Sec-Fetch-Site": "same-origin"}


def csrf(reader: Reader) -> str:
    return str(reader.soup.select("[name=csrf]")[0]["value"])


@pytest.fixture
async def admired(server: Server, alma: Reader) -> list[Viewer]:
    """Three people made a post of alma's their favourite, two of them follow her, one wrote to her."""
    alma_s = await viewer_of(server, "alma")
    status = await publish_status(server, alma_s, Draft("Du pain et du sel"))
    fans = [(await create(server, name))[2] for name in ("bo", "cleo", "dan")]
    for fan in fans:
        await favourite_status(server, fan, status.id)
    for fan in fans[:2]:
        await follow_account(server, fan, alma_s.account_id, FollowOptions())
    await publish_status(server, fans[0], Draft("Bonjour @alma"))
    await digest(server)
    return fans


def lines(reader: Reader) -> list[str]:
    return [" ".join(each.get_text(" ").split()) for each in reader.soup.select(".notification-head > p, .post-why")]


async def test_what_many_did_stands_in_one_line_that_opens(admired: list[Viewer], alma: Reader) -> None:
    await alma.open("/notifications")
    assert lines(alma) == [
        "bo mentions you",
        "New: cleo and bo follow you",
        "New: dan , cleo and 1 other made your post a favourite",
    ]
    opened = alma.soup.select(".told-people")[-1]
    assert [each.get_text(strip=True) for each in opened.select("bdi")] == ["@dan", "@cleo", "@bo"]
    await alma.open("/notifications")
    assert not alma.soup.select("[data-unread]"), "what was shown is read"


async def test_each_kind_has_a_page(admired: list[Viewer], alma: Reader) -> None:
    for only, count in (("mention", 1), ("favourite", 1), ("reblog", 0), ("follow", 1), ("poll", 0)):
        await alma.open(f"/notifications?only={only}")
        assert len(lines(alma)) == count, only
    await alma.open("/")
    assert alma.soup.select("[data-unread-count]")[0].get_text() == "6", "one kind alone moves no marker"


async def test_the_whole_of_a_line_is_a_page(server: Server, admired: list[Viewer], alma: Reader) -> None:
    alma_s = await viewer_of(server, "alma")
    for number in range(8):
        await follow_account(server, (await create(server, f"f{number}"))[2], alma_s.account_id, FollowOptions())
    await digest(server)
    await alma.open("/notifications?only=follow")
    (more,) = alma.soup.select(".told-people p a")
    assert more.get_text() == "All 10"
    await alma.open(str(more["href"]))
    assert len(alma.soup.select(".person-row")) == 10
    assert (await alma.open("/notifications/follow-1")).status_code == 404


async def test_what_was_put_away_comes_back(admired: list[Viewer], alma: Reader) -> None:
    await alma.open("/notifications")
    dismissal = str(alma.soup.select(".told-dismiss")[1]["formaction"])
    await alma.press(dismissal)
    assert len(lines(alma)) == 2 and "The notification is gone." in alma.text
    undo = next(str(form["action"]) for form in alma.soup.select("form") if str(form["action"]).endswith("/undo"))
    await alma.send(undo)
    assert len(lines(alma)) == 3
    await alma.send("/notifications/clear")
    assert lines(alma) == [] and "All notifications are gone." in alma.text
    undo = next(str(form["action"]) for form in alma.soup.select("form") if str(form["action"]).endswith("/undo"))
    await alma.send(undo)
    assert len(lines(alma)) == 3


async def test_news_join_their_line_and_are_read_once_shown(
    server: Server, admired: list[Viewer], alma: Reader
) -> None:
    await alma.open("/notifications")
    newest = str(alma.soup.select("[data-newest]")[0]["data-newest"])
    _user, _account, eli = await create(server, "eli")
    status = int(str(alma.soup.select(".notification-said a")[0]["href"]).rpartition("/")[2])
    await favourite_status(server, eli, status)
    await digest(server)
    account = await get_account_by_acct(server, "alma")
    assert await count_unread(server.db, account.id) == 1
    await alma.open(f"/live/notifications/cards?after={newest}")
    assert lines(alma) == ["New: eli , dan and 2 others made your post a favourite"]
    assert await count_unread(server.db, account.id) == 0


async def test_a_column_shows_the_same_lines_and_what_was_seen_there_is_read(
    server: Server, admired: list[Viewer], alma: Reader
) -> None:
    await make_deck(alma)
    assert len(lines(alma)) == 3
    column = next(each for each in alma.soup.select(".column") if each["data-title"] == "Notifications")
    newest = str(column.select("[data-newest]")[0]["data-newest"])
    form = alma.soup.find("form", id="acts")
    assert form
    csrf = str(form.select("[name=csrf]")[0]["value"])
    sent = {"Sec-Fetch-Site": "same-origin", "HX-Request": "true"}
    await alma.http.post("/notifications/read", data={"csrf": csrf, "until": newest}, headers=sent)
    account = await get_account_by_acct(server, "alma")
    assert await count_unread(server.db, account.id) == 0
    await alma.http.post("/notifications/read", data={"csrf": csrf, "until": "1"}, headers=sent)
    assert await count_unread(server.db, account.id) == 0


async def test_a_browser_is_told_tried_and_stopped(server: Server, alma: Reader, leo: Reader) -> None:
    loopback, phone = Loopback(), Phone()
    await phone.listen(loopback)
    server.http = Http("https://here.example", allowed_addresses=LOOPBACK)
    await alma.open("/settings/notifications")
    await alma.send("/settings/notifications/here", mention="1")
    assert "did not say where it listens" in alma.text
    await alma.send(
        "/settings/notifications/here", endpoint=phone.endpoint, p256dh=phone.p256dh, auth=phone.auth, policy="all"
    )
    assert "This one" in alma.text and "Somebody mentions you" in alma.text
    (test,), (stop,) = alma.soup.select("button[name=test]"), alma.soup.select("button[name=stop]")
    await alma.send("/settings/notifications/clients", test=str(test["value"]))
    await send_due_pushes(server)
    assert phone.opened()["title"] == "It works"
    await publish_status(server, await viewer_of(server, "leo"), Draft("Salut @alma"))
    await digest(server)
    await send_due_pushes(server)
    said = phone.opened()
    assert (said["title"], said["body"], said["access_token"]) == ("leo mentioned you", "Salut @alma", "")
    await alma.send("/settings/notifications/clients", stop=str(stop["value"]))
    assert not alma.soup.select("button[name=stop]")
    loopback.close()


async def test_who_was_away_gets_one_mail_that_names_nobody(server: Server, alma: Reader, leo: Reader) -> None:
    await alma.open("/settings/notifications")
    await alma.send("/settings/notifications", away_hours="4")
    viewer = await viewer_of(server, "alma")
    await publish_status(server, await viewer_of(server, "leo"), Draft("Salut @alma"))
    await digest(server)
    await tell_the_absent(server)
    assert not await letters(server), "she was here just now"
    async with server.db.transaction() as tx:
        await tx.execute("UPDATE sessions SET seen_at = seen_at - ? WHERE user_id = ?", 5 * HOUR, viewer.user_id)
    for _time in range(2):
        await tell_the_absent(server)
    (letter,) = await letters(server)
    assert "Somebody wrote to you" in letter[0] and "leo" not in letter[1]


async def letters(server: Server) -> list[tuple[str, str]]:
    return [(mail.subject, mail.body) for mail in await server.mail.list_newest() if "wrote to you" in mail.subject]


async def test_a_browser_that_acts_as_another_account_is_told_as_before(server: Server, alma: Reader) -> None:
    viewer = await viewer_of(server, "alma")
    phone = Phone()
    await alma.open("/settings/notifications")
    await alma.send(
        "/settings/notifications/here",
        endpoint="https://push.example/1",
        p256dh=phone.p256dh,
        auth=phone.auth,
        mention="1",
        policy="all",
    )
    other = await add_own_account(server, viewer, "nid")
    await alma.open("/settings/accounts")
    await alma.http.post("/switch", data={"csrf": csrf(alma), "account": str(other.id)}, headers=OURS)
    await digest(server)
    await alma.open("/settings/notifications")
    assert "@alma" in alma.soup.select("button[name=stop]")[0].find_parent(class_="session").get_text()
    await alma.http.post("/sign-out", data={"csrf": csrf(alma)}, headers=OURS)
    await digest(server)
    assert not await server.db.value("SELECT count(*) FROM push_subscriptions")
