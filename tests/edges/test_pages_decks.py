"""Pages of decks, by forms that need no script."""

import asyncio

import pytest

from mesange.core.accounts.actions.accounts import add_own_account
from mesange.core.accounts.model import Account, Viewer
from mesange.core.accounts.queries import get_account_by_acct
from mesange.core.decks.actions import create_deck, share_deck
from mesange.core.statuses.actions.publish import publish_status
from mesange.core.statuses.model import Draft
from mesange.core.teams.actions import add_member, create_organization
from mesange.core.teams.model import Organization, Role
from mesange.edges.pages.channels import author_channel, home_channel, notice_channel, tag_channel
from mesange.kit.server import Server
from mesange.main import build_app
from tests.core.people import organization_account
from tests.core.watched import forget_everything, watch
from tests.edges.reader import Reader, create, digest
from tests.edges.test_pages_lists import make_list
from tests.edges.test_pages_writing import write


async def viewer_of(server: Server, name: str) -> Viewer:
    account = await get_account_by_acct(server, name)
    assert account.user_id
    return Viewer(account_id=account.id, user_id=account.user_id)


async def make_deck(reader: Reader, title: str = "Morning") -> str:
    """The address of a new deck, open."""
    await reader.open("/decks")
    await reader.send("/decks", title=title)
    return reader.page.url.path


async def add(reader: Reader, deck: str, kind: str, value: str = "", **more: str) -> None:
    await reader.open(deck)
    await reader.send(f"{deck}/columns#column-new", kind=kind, value=value, **more)


def titles(reader: Reader) -> list[str]:
    return [each.get_text(strip=True) for each in reader.soup.select(".column-head h2")]


def texts(reader: Reader, title: str) -> list[str]:
    column = next(each for each in reader.soup.select(".column") if each.get("data-title") == title)
    return [each.get_text().strip() for each in column.select("article .post-text")]


def address(reader: Reader, title: str) -> str:
    return str(next(each for each in reader.soup.select(".column") if each.get("data-title") == title)["data-at"])


@pytest.fixture
async def press(server: Server, alma: Reader, leo: Reader) -> Organization:
    """Alma owns it, Leo is an editor of it."""
    organization = await create_organization(server, "Press", (await viewer_of(server, "alma")).user_id)
    await add_member(server, organization.id, (await viewer_of(server, "leo")).user_id, Role.EDITOR)
    return organization


@pytest.fixture
async def desk(server: Server, press: Organization) -> Account:
    return await organization_account(server, "desk", press.id)


@pytest.mark.slow
async def test_each_column_shows_what_its_own_page_shows(server: Server, alma: Reader, leo: Reader) -> None:
    await write(leo, "Avis de #brume @alma")
    await write(leo, "Bonjour du port")
    await write(alma, "Une pensée")
    await alma.open("/")
    for verb in ("favourite", "bookmark"):
        status = next(each["data-status"] for each in alma.soup.select("article") if "pensée" in each.get_text())
        await alma.press(f"/statuses/{status}/{verb}")
        await alma.open("/")
    await digest(server)
    marins = await make_list(alma, "Marins", is_public="1")
    await alma.send(f"{marins}/members", person="@leo")
    deck = await make_deck(alma)
    assert titles(alma) == ["Home", "Notifications", "Said here"]
    for kind, value in (
        ("mentions", ""),
        ("hashtag", "#Brume"),
        ("search", "pensée"),
        ("profile", "@leo"),
        ("favourites", ""),
        ("bookmarks", ""),
        (f"list:{marins.rpartition('/')[2]}", ""),
    ):
        await add(alma, deck, kind, value)
    shown = {title: texts(alma, title) for title in titles(alma)}
    assert list(shown)[3:] == ["Mentions", "#Brume", "pensée", "leo", "Favourites", "Bookmarks", "Marins"]
    assert shown["Home"] == ["Une pensée"]
    assert len(shown["Said here"]) == 3
    for title in ("Notifications", "Mentions", "#Brume"):
        assert shown[title] == ["Avis de #brume @alma"], title
    for title in ("pensée", "Favourites", "Bookmarks"):
        assert shown[title] == ["Une pensée"], title
    for title in ("leo", "Marins"):
        assert shown[title] == ["Bonjour du port", "Avis de #brume @alma"], title
    ids = [each["id"] for each in alma.soup.select("[id]")]
    assert len(ids) == len(set(ids))


async def test_columns_are_moved_removed_and_put_back_by_plain_forms(alma: Reader) -> None:
    deck = await make_deck(alma)
    await alma.press(f"{address(alma, 'Home')}/right")
    assert titles(alma) == ["Notifications", "Home", "Said here"]
    await alma.press(f"{address(alma, 'Said here')}/left")
    assert titles(alma) == ["Notifications", "Said here", "Home"]
    await add(alma, deck, "hashtag", "mer")
    await alma.press(f"{address(alma, 'Notifications')}/remove")
    await alma.press(f"{address(alma, '#mer')}/remove")
    assert titles(alma) == ["Said here", "Home"]
    await alma.send(f"{deck}/columns")
    assert titles(alma) == ["Said here", "Home", "#mer"]
    assert alma.page.url.fragment.startswith("column-")


async def test_a_refused_column_keeps_what_was_typed(alma: Reader) -> None:
    deck = await make_deck(alma)
    for kind, value, sentence in (
        ("hashtag", "two words", "one word of letters"),
        ("profile", "@nobody", "Nobody here has this handle"),
        ("search", "", "Say what to look for."),
    ):
        await add(alma, deck, kind, value)
        assert (alma.page.status_code, [each["value"] for each in alma.soup.select("[aria-invalid]")]) == (422, [value])
        assert alma.soup.select(f"option[value={kind}][selected]")
        assert sentence in alma.text
    for _ in range(9):
        await add(alma, deck, "local")
    await add(alma, deck, "local")
    assert "at most 12 columns" in alma.text
    await alma.open("/decks")
    await alma.send("/decks", title=" ")
    assert "Give it a title." in alma.text


async def test_a_search_that_cannot_be_read_says_so_in_its_column(alma: Reader) -> None:
    deck = await make_deck(alma)
    await add(alma, deck, "search", "since:tomorrow")
    assert alma.page.status_code == 200
    assert "A date is written like" in alma.text


async def test_a_deck_is_renamed_and_deleted_after_it_was_asked(alma: Reader) -> None:
    deck = await make_deck(alma)
    await alma.open(f"{deck}/edit")
    await alma.send(deck, title="Evening")
    assert "Evening" in alma.text
    await alma.open("/deck")
    assert alma.page.url.path == deck
    await alma.open(f"{deck}/delete")
    await alma.send(f"{deck}/delete")
    await alma.open("/deck")
    assert alma.page.url.path == "/decks"
    assert "No deck yet" in alma.text


async def test_f4_another_persons_deck_does_not_exist(alma: Reader, leo: Reader, reader: Reader) -> None:
    deck = await make_deck(alma)
    column = address(alma, "Home")
    for path in (deck, f"{deck}/edit", f"{deck}/delete", f"{deck}/live", f"{column}/cards"):
        assert (await leo.open(path)).status_code == 404, path
        await reader.open(path)
        assert reader.page.url.path == "/sign-in", path
    await make_deck(leo)
    csrf = str(leo.soup.select("#acts [name=csrf]")[0]["value"])
    for path in (deck, f"{deck}/columns", f"{deck}/delete", f"{column}/left", f"{column}/remove"):
        sent = await leo.http.post(path, data={"csrf": csrf, "kind": "local", "title": "Taken"})
        assert sent.status_code == 404, path
    await alma.open(deck)
    assert titles(alma) == ["Home", "Notifications", "Said here"]


async def test_members_read_a_shared_deck_with_their_own_rights(
    server: Server, alma: Reader, leo: Reader, press: Organization, desk: Account
) -> None:
    await write(alma, "À moi")
    await write(leo, "Chez Leo")
    deck = await make_deck(alma, "Election")
    await add(alma, deck, "home", account=str(desk.id))
    mine = await make_list(alma, "Secret title")
    await alma.open(f"{deck}/edit")
    await alma.send(deck, organization=str(press.id))
    await add(alma, deck, f"list:{mine.rpartition('/')[2]}")
    assert "Others read this deck" in alma.text
    await leo.open("/decks")
    assert "Election" in leo.text
    await leo.open(deck)
    assert texts(leo, "Accueil") == ["Chez Leo"]
    assert not leo.soup.select(f"[formaction$=remove], .column-new, [href='{deck}/edit']")
    csrf = str(leo.soup.select("#acts [name=csrf]")[0]["value"])
    assert (await leo.http.post(f"{deck}/columns", data={"csrf": csrf, "kind": "local"})).status_code == 403


async def test_decks_that_others_share_are_paged(
    server: Server, alma: Reader, leo: Reader, press: Organization
) -> None:
    for name, count in (("alma", 20), ("leo", 3)):
        viewer = await viewer_of(server, name)
        for number in range(count):
            deck = await create_deck(server, viewer, f"{name} {number}")
            await share_deck(server, viewer, deck.id, press.id)
    ines = (await create(server, "ines"))[0]
    await add_member(server, press.id, ines.id, Role.ANALYST)
    reader = Reader(server)
    await reader.sign_in("ines")
    await reader.open("/decks")
    assert [each.get_text() for each in reader.soup.select(".choices .name")][:4] == [
        "leo 2",
        "leo 1",
        "leo 0",
        "alma 19",
    ]
    await reader.open(str(reader.soup.select("[rel=next]")[0]["href"]))
    assert [each.get_text() for each in reader.soup.select(".choices .name")] == ["alma 2", "alma 1", "alma 0"]


async def test_a_column_stays_shut_when_the_membership_has_ended(
    server: Server, alma: Reader, leo: Reader, press: Organization, desk: Account
) -> None:
    await publish_status(
        server, Viewer(desk.id, (await viewer_of(server, "alma")).user_id), Draft("Le desk parle", visibility="private")
    )
    deck = await make_deck(leo)
    await add(leo, deck, "home", account=str(desk.id))
    column = str(leo.soup.select(".column-as")[0]["data-at"])
    assert "Le desk parle" in leo.text
    assert not leo.soup.select(".column-as .post-acts button, .column-as .post-acts a")
    async with server.db.transaction() as tx:
        await tx.execute("DELETE FROM memberships WHERE role = 'editor'")
    assert (await leo.open(f"{column}/cards?after=0")).status_code == 404
    await leo.open(deck)
    assert leo.page.status_code == 200
    assert "Le desk parle" not in leo.text
    assert not leo.soup.select("[formaction='/switch']")
    assert "Vous n’utilisez pas ce compte" in leo.text


async def test_f2_a_shared_deck_tells_nobody_which_accounts_belong_to_one_login(
    server: Server, alma: Reader, leo: Reader, press: Organization
) -> None:
    viewer = await viewer_of(server, "alma")
    owl = await add_own_account(server, viewer, "canaryowl", is_pseudonym=True)
    deck = await make_deck(alma, "Election")
    await add(alma, deck, "home", account=str(owl.id))
    assert "@canaryowl" in alma.text
    await alma.open(f"{deck}/edit")
    await alma.send(deck, organization=str(press.id))
    assert (alma.page.status_code, "nobody learns" in alma.text) == (422, True)
    await alma.open(deck)
    await alma.press(f"{alma.soup.select('.column-as')[0]['data-at']}/remove")
    await alma.open(f"{deck}/edit")
    await alma.send(deck, organization=str(press.id))
    await alma.open(deck)
    assert str(owl.id) not in str(alma.soup.select(".column-new"))
    for path in (deck, "/decks"):
        await leo.open(path)
        assert "Election" in leo.text
        for told in ("canaryowl", str(owl.id), "alma", str(viewer.account_id), str(viewer.user_id)):
            assert told not in leo.page.text, (path, told)


async def test_posts_of_a_column_are_caught_up_after_its_newest(alma: Reader, leo: Reader) -> None:
    await write(leo, "Avant #brume")
    deck = await make_deck(alma)
    await add(alma, deck, "hashtag", "brume")
    newest = next(each for each in alma.soup.select(".column") if each["data-title"] == "#brume").select(
        "[data-newest]"
    )[0]["data-newest"]
    column = address(alma, "#brume")
    await write(leo, "Après #brume")
    await write(leo, "Sans rien")
    await alma.open(f"{column}/cards?after={newest}")
    assert [each.get_text().strip() for each in alma.soup.select(".post-text")] == ["Après #brume"]
    assert alma.soup.select("article")[0]["id"] == f"post-{column.rpartition('/')[2]}-{newest_of(alma)}"


def newest_of(reader: Reader) -> str:
    return str(reader.soup.select("article")[0]["data-cursor"])


async def test_a_deck_costs_the_same_number_of_queries_whatever_its_posts(
    server: Server, alma: Reader, leo: Reader
) -> None:
    deck = await make_deck(alma)
    for kind, value in (("hashtag", "brume"), ("profile", "leo"), ("search", "port"), ("mentions", "")):
        await add(alma, deck, kind, value)
    watched = watch(server)
    counted: list[int] = []
    for _ in range(2):
        for number in range(4):
            await write(leo, f"Au port {number} #brume @alma")
        await digest(server)
        forget_everything(server)
        watched.asked.clear()
        await alma.open(deck)
        counted.append(len(watched.asked))
    assert counted[0] == counted[1], [sql for sql, _ in watched.asked]
    watched.asked.clear()
    await alma.open(deck)
    assert len(watched.asked) <= 12 + 7 * 5


async def test_one_stream_feeds_the_right_columns(server: Server, alma: Reader, leo: Reader) -> None:
    _user, _account, ines = await create(server, "ines")
    deck = await make_deck(alma)
    await add(alma, deck, "hashtag", "brume")
    await add(alma, deck, "profile", "@ines")
    columns = {title: address(alma, title).rpartition("/")[2] for title in titles(alma)}
    missed = await publish_status(server, ines, Draft("Manqué #brume"))
    told: list[bytes] = []
    opened = asyncio.Event()

    async def send(message: dict[str, object]) -> None:
        told.append(bytes(message.get("body", b"")))  # type: ignore[arg-type]  # ASGI messages are dicts of anything
        opened.set()

    stream = asyncio.ensure_future(open_stream(alma, f"{deck}/live?after={columns['#brume']}:1", send))
    async with asyncio.timeout(60):
        while b"Manqu" not in b"".join(told) and str(missed.id).encode() not in b"".join(told):
            await asyncio.sleep(0.01)
    for channel in (tag_channel("brume"), author_channel(ines.account_id)):
        assert server.live.has_listeners(channel)
    viewer = await viewer_of(server, "alma")
    assert server.live.has_listeners(home_channel(viewer.account_id))
    assert server.live.has_listeners(notice_channel(viewer.account_id))
    told.clear()
    status = await publish_status(server, ines, Draft("Et puis @alma"))
    await digest(server)
    lines = b"".join(told).decode().split("\n\n")
    news = [line for line in lines if "event: post" in line]
    assert [line.split("\n")[0] for line in news if str(status.id) in line] == [
        f"data: {columns['Said here']}",
        f"data: {columns['ines']}",
    ]
    assert [line.split("\n")[0] for line in news if str(status.id) not in line] == [f"data: {columns['Notifications']}"]
    await create_organization(server, "Press", viewer.user_id)
    async with asyncio.timeout(60):
        await stream


async def open_stream(reader: Reader, path: str, send: object) -> None:
    cookies = "; ".join(f"{each.name}={each.value}" for each in reader.http.cookies.jar)
    bare, _, query = path.partition("?")
    scope = {
        "type": "http", "method": "GET", "path": bare, "raw_path": bare.encode(), "query_string": query.encode(),
        "headers": [(b"host", b"127.0.0.1:8140"), (b"cookie", cookies.encode())], "client": ("127.0.0.1", 1),
        "scheme": "http", "http_version": "1.1",
    }  # fmt: skip
    waiting = asyncio.Event()

    async def receive() -> dict[str, object]:
        await waiting.wait()
        return {}

    await build_app(reader.server)(scope, receive, send)  # type: ignore[arg-type]  # a scope made by hand
