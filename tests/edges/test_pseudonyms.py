"""A pseudonym leads nobody to its person: words planted in all that the person has are found nowhere (F2).

The person, Marlene, writes to nobody but herself under her own name; under the pseudonym she writes to all. Then every
address this server answers is read, as a visitor, as another person, through another's client, and as a moderator.
"""

import json
import re
from collections.abc import Iterable
from urllib.parse import urlsplit

import pytest
from msgspec.structs import replace as changed

from mesange.core.accounts.actions.accounts import ProfileChange, add_own_account, change_profile
from mesange.core.accounts.actions.clients import Registration, create_token, register_client
from mesange.core.accounts.actions.pseudonyms import reveal_person
from mesange.core.accounts.actions.sessions import Browser, start_session
from mesange.core.accounts.actions.users import ask_for_reset, create_user
from mesange.core.accounts.model import Account, User, UserRole, Viewer
from mesange.core.accounts.model.sign_ups import SignUp
from mesange.core.accounts.queries import find_user, get_account_by_acct
from mesange.core.follows.actions.distance import block_account
from mesange.core.follows.actions.follows import FollowOptions, follow_account
from mesange.core.statuses.actions.marks import favourite_status
from mesange.core.statuses.actions.publish import publish_status
from mesange.core.statuses.model import Draft, Status
from mesange.edges.discovery.routes import ROUTES as DISCOVERY
from mesange.edges.feeds.routes import ROUTES as FEEDS
from mesange.edges.mastodon.routes import ROUTES as API
from mesange.edges.pages.routes import routes as page_routes
from mesange.kit.errors import Invalid
from mesange.kit.ids import time_of
from mesange.kit.live import Message
from mesange.kit.server import Server
from tests.edges.reader import PASSWORD, Reader, create, digest

CANARIES = tuple(
    f"canary{word}" for word in "mail name shown bio field site town browser client post warning tag".split()
)
MOST_PAGES = 400


class Person:
    """Marlene: her login, the account of her own name, and the pseudonym."""

    user: User
    own: Account
    own_viewer: Viewer
    owl: Account
    owl_viewer: Viewer
    post: Status
    token: str
    owl_token: str


@pytest.fixture
async def marlene(server: Server) -> Person:
    person = Person()
    given = SignUp("canaryname", "canarymail@example.com", PASSWORD)
    person.user, person.own = await create_user(server, given, UserRole.OWNER)
    person.own_viewer = Viewer(account_id=person.own.id, user_id=person.user.id, role=UserRole.OWNER)
    await change_profile(
        server,
        person.own_viewer,
        ProfileChange(
            display_name="canaryshown",
            note="canarybio",
            fields=[("canaryfield", "canarytown"), ("Site", "https://canarysite.example/")],
            is_discoverable=False,
            is_indexable=False,
        ),
    )
    await start_session(server, person.user, Browser("11.22.33.44", "canarybrowser"))
    client, _ = await register_client(server, Registration("canaryclient", ["x:/y"], "read write"))
    person.token = await create_token(server, client, person.user, person.own, "read write")
    own = Draft("canarypost #canarytag", spoiler_text="canarywarning", visibility="private")
    await publish_status(server, person.own_viewer, own)
    person.owl = await add_own_account(server, person.own_viewer, "night_owl", is_pseudonym=True)
    person.owl_viewer = Viewer(account_id=person.owl.id, user_id=person.user.id)
    plain, _ = await register_client(server, Registration("Ivory", ["x:/y"], "read write"))
    person.owl_token = await create_token(server, plain, person.user, person.owl, "read write")
    await change_profile(server, person.owl_viewer, ProfileChange(display_name="Night owl", note="I see at night"))
    person.post = await publish_status(server, person.owl_viewer, Draft("Hoo #night"))
    return person


@pytest.fixture
async def bob(server: Server, marlene: Person) -> Viewer:
    """Somebody who knows the pseudonym well: follows it, is answered, favourited and followed by it."""
    _, _, viewer = await create(server, "bob")
    await follow_account(server, viewer, marlene.owl.id, FollowOptions())
    await follow_account(server, marlene.owl_viewer, viewer.account_id, FollowOptions())
    said = await publish_status(server, viewer, Draft("Who is there, @night_owl? #night"))
    await publish_status(server, marlene.owl_viewer, Draft("@bob Me", in_reply_to_id=said.id))
    await favourite_status(server, marlene.owl_viewer, said.id)
    await digest(server)
    return viewer


def secrets_of(person: Person) -> list[str]:
    return [*CANARIES, str(person.user.id), str(person.own.id), "11.22.33"]


def found_in(text: str, person: Person) -> list[str]:
    return [secret for secret in secrets_of(person) if secret in text.lower()]


async def crawled(reader: Reader, start: Iterable[str], person: Person) -> dict[str, list[str]]:
    """Everything that links lead to, but for the page of her own name and those of staff: what was found, and where."""
    waiting, seen, found = list(start), set[str](), dict[str, list[str]]()
    while waiting and len(seen) < MOST_PAGES:
        path = waiting.pop(0)
        if path in seen or "@canaryname" in path or path.startswith("/admin"):
            continue
        seen.add(path)
        page = await reader.open(path)
        if hits := found_in(page.text + str(page.headers), person):
            found[path] = hits
        if "html" in page.headers.get("content-type", ""):
            links = [str(link["href"]) for link in reader.soup.select("a[href], link[href]")]
            waiting += [urlsplit(to).path for to in links if to.startswith(("/", "http://127.0.0.1:8140/"))]
    assert len(seen) > 15
    return found


def filled(path: str, person: Person) -> list[str]:
    """The address of a route, about the pseudonym: its account and its post for each id."""
    name = re.sub(r"@:(\w+)", "@night_owl", path)
    name = re.sub(r":(tag|name|hashtag)\b", "night", name).replace("*stream", "public").replace("*name", "style.css")
    ids = (str(person.owl.id), str(person.post.id))
    return sorted({re.sub(r":\w+", each, name) for each in ids})


def readable(person: Person) -> list[str]:
    """Every address that is read, of every edge; streams stay open, so they are heard elsewhere."""
    routes = [route.path for route in (*API, *DISCOVERY, *FEEDS, *page_routes()) if route.method == "GET"]
    asked = "?q=night_owl&acct=night_owl&resource=acct:night_owl@127.0.0.1:8140&url=http://127.0.0.1:8140/@night_owl/"
    query = f"{asked}{person.post.id}&id[]={person.owl.id}"
    paths = [
        path for route in routes if "streaming" not in route and "/live/" not in route for path in filled(route, person)
    ]
    return [path + query for path in paths if "/static/" not in path and path != "/dev/outbox"]


@pytest.mark.parametrize("who", ["visitor", "bob", "moderator"])
@pytest.mark.slow
async def test_f2_no_page_leads_from_the_pseudonym_to_its_person(
    server: Server, marlene: Person, bob: Viewer, who: str
) -> None:
    reader = Reader(server)
    if who == "bob":
        await reader.sign_in("bob")
    elif who == "moderator":
        await create_user(server, SignUp("mod", "mod@example.com", PASSWORD), UserRole.MODERATOR)
        await reader.sign_in("mod")
    assert await crawled(reader, ["/", "/local", "/@night_owl", "/tags/night", "/about"], marlene) == {}
    for path in readable(marlene):
        if not path.startswith(("/admin", "/api/v1/admin", "/api/v2/admin")):
            page = await reader.open(path)
            assert found_in(page.text + str(page.headers), marlene) == [], path


@pytest.mark.parametrize("role", [UserRole.USER, UserRole.MODERATOR, UserRole.ADMIN])
async def test_f2_no_client_of_another_person_is_told(
    server: Server, marlene: Person, bob: Viewer, role: UserRole
) -> None:
    client, _ = await register_client(server, Registration("Tusky", ["x:/y"], "read write follow admin:read"))
    user, account = await create_user(server, SignUp("other", "other@example.com", PASSWORD), role)
    token = await create_token(server, client, user, account, "read write follow admin:read")
    reader = Reader(server)
    for path in readable(marlene):
        if path.startswith("/api"):
            answer = await reader.open(path, Authorization=f"Bearer {token}")
            about = answer.text if "/admin/" not in path else about_owl(answer.text)
            assert found_in(about + str(answer.headers), marlene) == [], path


def about_owl(text: str) -> str:
    """Of a list for staff, which shows her own account rightly, the things that name the pseudonym."""
    try:
        things = json.loads(text)
    except ValueError:
        return text
    listed = things if isinstance(things, list) else [things]
    return json.dumps([each for each in listed if "night_owl" in json.dumps(each)])


async def test_f2_no_page_of_staff_tells_beside_the_pseudonym_whose_it_is(
    server: Server, marlene: Person, bob: Viewer
) -> None:
    await create_user(server, SignUp("chief", "chief@example.com", PASSWORD), UserRole.ADMIN)
    staff = Reader(server)
    await staff.sign_in("chief")
    for path in readable(marlene):
        if path.startswith("/admin"):
            await staff.open(path)
            near = [
                each for each in staff.soup.select("tr, li, article, .session, .panel, dl") if "night_owl" in str(each)
            ]
            told = (
                " ".join(str(each) for each in near)
                if str(marlene.owl.id) not in urlsplit(path).path
                else staff.page.text
            )
            assert found_in(told, marlene) == [], path
    for asked in ("canarymail@example.com", "canarymail", str(marlene.user.id)):
        await staff.open(f"/admin/accounts?q={asked}")
        assert "night_owl" not in staff.text, "her address does not find it"


class Heard:
    """Whatever is pushed on a channel."""

    def __init__(self) -> None:
        self.messages: list[bytes] = []

    def push(self, channel: str, message: Message) -> None:
        self.messages.append(message.payload)

    def close(self) -> None:
        self.messages.append(b"closed")


async def test_f2_no_stream_tells(server: Server, marlene: Person, bob: Viewer) -> None:
    heard = Heard()
    for channel in (
        "public",
        "public:local",
        f"user:{bob.account_id}",
        f"user:notification:{bob.account_id}",
        "hashtag:night",
    ):
        server.live.join(channel, heard)
    await publish_status(server, marlene.owl_viewer, Draft("@bob still here #night"))
    await publish_status(server, marlene.own_viewer, Draft("canarypost", visibility="private"))
    await digest(server)
    assert len(heard.messages) >= 3
    assert found_in(b" ".join(heard.messages).decode(), marlene) == []


async def test_her_own_client_gives_the_pseudonym_no_rank(server: Server, marlene: Person) -> None:
    reader = Reader(server)
    answer = await reader.open("/api/v1/accounts/verify_credentials", Authorization=f"Bearer {marlene.owl_token}")
    assert answer.json()["role"]["id"] == "-99"
    assert found_in(answer.text, marlene) == []
    mine = (await reader.open("/api/v1/accounts/verify_credentials", Authorization=f"Bearer {marlene.token}")).json()
    assert mine["role"]["name"] == "Owner"


async def test_what_remains_of_a_limit_is_counted_apart(server: Server, marlene: Person) -> None:
    """Else two applications could compare their numbers."""
    server.settings = changed(server.settings, rate_limits="on")
    reader = Reader(server)

    async def remains(token: str) -> int:
        answer = await reader.open("/api/v1/preferences", Authorization=f"Bearer {token}")
        return int(answer.headers["x-ratelimit-remaining"])

    before = await remains(marlene.owl_token)
    for _ in range(5):
        await remains(marlene.token)
    assert await remains(marlene.owl_token) == before - 1


async def test_neither_its_number_nor_its_age_says_when_it_was_made(server: Server, marlene: Person) -> None:
    async with server.db.transaction() as tx:
        await tx.execute("UPDATE users SET created_at = ?", server.clock.now() - 100 * 86_400_000)
    made = [await add_own_account(server, marlene.own_viewer, f"owl_{n}", is_pseudonym=True) for n in range(10)]
    now, spread = server.clock.now(), sorted(time_of(each.id) for each in made)
    assert spread[-1] - spread[0] > 86_400_000, "they lie days apart"
    assert all(each.created_at == time_of(each.id) <= now for each in made)
    assert len({each.id % (1 << 21) for each in made}) > 5, "their last bits are no sequence"


async def test_who_blocks_one_has_not_blocked_the_other(server: Server, marlene: Person, bob: Viewer) -> None:
    await block_account(server, bob, marlene.own.id)
    client, _ = await register_client(server, Registration("Tusky", ["x:/y"], "read"))
    user = await find_user(server.db, bob.user_id)
    assert user is not None
    token = await create_token(server, client, user, await get_account_by_acct(server, "bob"), "read")
    path = f"/api/v1/accounts/relationships?id[]={marlene.owl.id}"
    told = (await Reader(server).open(path, Authorization=f"Bearer {token}")).json()[0]
    assert told["following"] and told["followed_by"] and not told["blocking"]


async def test_mails_name_neither_of_them(server: Server, marlene: Person, bob: Viewer) -> None:
    await ask_for_reset(server, marlene.user.email)
    letters = [each.subject + each.body for each in await server.mail.list_newest()]
    assert letters
    assert not [each for each in letters if "night_owl" in each or "canaryname" in each]


async def test_switching_in_one_browser_shows_nothing_to_others(server: Server, marlene: Person, bob: Viewer) -> None:
    reader = Reader(server)
    await reader.open("/sign-in")
    await reader.send("/sign-in", email="canarymail@example.com", password=PASSWORD)
    await reader.open("/compose")
    assert "@canaryname" in reader.soup.select(".composer-as")[0].get_text(), "nobody begins under a pseudonym"
    await reader.open("/settings/accounts")
    await reader.send("/switch", account=str(marlene.owl.id))
    await reader.open("/compose")
    assert reader.soup.select(".composer-as[data-pseudonym]"), "its band is its own"
    await reader.send("/compose", text="From the same browser")
    post = (await Reader(server).open(f"/api/v1/accounts/{marlene.owl.id}/statuses")).json()[0]
    assert "From the same browser" in post["content"] and found_in(json.dumps(post), marlene) == []


async def test_the_owner_looks_only_for_a_written_reason(server: Server, marlene: Person) -> None:
    for reason in ("", "because", "x" * 1_001):
        with pytest.raises(Invalid):
            await reveal_person(server, marlene.owl, reason)
    assert await server.db.value("SELECT count(*) FROM revelations") == 0
    found = await reveal_person(server, marlene.owl, "An order of the court of 3 March.")
    assert found.id == marlene.user.id
    assert await server.db.row("SELECT account_id, user_id, reason FROM revelations") == (
        marlene.owl.id,
        None,
        "An order of the court of 3 March.",
    )


def test_the_canaries_are_many() -> None:
    print(f"words planted: {len(CANARIES)}")
    assert len(CANARIES) == 12
