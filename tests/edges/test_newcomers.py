"""Newcomers on the pages and through clients: what stops programs, who waits, who invites."""

import hashlib

import pytest
from msgspec.structs import replace as changed

from mesange.core.accounts.actions.clients import Registration, grant_client_token, register_client
from mesange.core.accounts.actions.users import create_user
from mesange.core.accounts.model import UserRole
from mesange.core.accounts.model.sign_ups import SignUp
from mesange.core.accounts.queries import find_user_by_email
from mesange.kit.server import Server
from mesange.kit.stamps import new_stamp
from tests.edges.reader import PASSWORD, Reader, create
from tests.edges.test_pages_doors import link_in_outbox

NOUR = {"username": "nour", "email": "nour@example.com", "password": PASSWORD}


def setting(server: Server, **values: object) -> None:
    server.settings = changed(server.settings, **values)


def solved(stamp: str, bits: int) -> str:
    number = 0
    while int.from_bytes(hashlib.sha256(f"{stamp}:{number}".encode()).digest()) >> (256 - bits):
        number += 1
    return str(number)


async def waits(server: Server, email: str = NOUR["email"]) -> bool:
    user = await find_user_by_email(server.db, email)
    assert user is not None
    return user.awaits_since is not None


async def test_a_browser_that_solves_the_riddle_comes_straight_in(server: Server, reader: Reader) -> None:
    setting(server, sign_up_effort=8)
    await reader.open("/sign-up")
    stamp = str(reader.soup.select("input[name=stamp]")[0]["value"])
    await reader.send("/sign-up", **NOUR, proof=solved(stamp, 8))
    assert not await waits(server)


@pytest.mark.parametrize("proof", ["", "x", "-1", "1" * 30, "0"])
async def test_without_a_script_somebody_reads_the_sign_up_first(server: Server, reader: Reader, proof: str) -> None:
    setting(server, sign_up_effort=30)
    await reader.open("/sign-up")
    assert "Without JavaScript your browser cannot prove" in reader.text
    await reader.send("/sign-up", **NOUR, proof=proof)
    assert await waits(server)


async def test_a_field_that_nobody_sees_catches_who_fills_everything(server: Server, reader: Reader) -> None:
    await reader.open("/sign-up")
    await reader.send("/sign-up", **NOUR, website="https://buy.example")
    assert "Look in your mail" in reader.text, "the program is told nothing"
    assert await server.db.value("SELECT count(*) FROM users") == 0


async def test_who_is_too_quick_looks_once_more(server: Server, reader: Reader) -> None:
    setting(server, sign_up_seconds=60)
    await reader.open("/sign-up")
    await reader.send("/sign-up", **NOUR)
    assert "That was quick" in reader.text
    assert reader.soup.select("#email")[0]["value"] == NOUR["email"]
    setting(server, sign_up_seconds=0)
    await reader.send("/sign-up", password=PASSWORD)
    assert "We wrote to nour@example.com" in reader.text


async def test_a_stamp_of_another_server_or_day_is_not_taken(server: Server, reader: Reader) -> None:
    old = new_stamp(server.settings, server.clock.now() - 2 * 86_400_000)
    for stamp in ("", "1.2.3", "x", old, "٣.a." + "0" * 64, f"{server.clock.now()}.a.{'0' * 64}"):
        await reader.open("/sign-up")
        await reader.send("/sign-up", **NOUR, stamp=stamp)
        assert "This form was open for too long" in reader.text, stamp


async def test_a_newcomer_waits_and_staff_decides_on_a_page(server: Server, reader: Reader, alma: Reader) -> None:
    setting(server, registrations="approval", registrations_message="We read each sign-up.")
    await reader.open("/sign-up")
    assert "We read each sign-up." in reader.text
    await reader.send("/sign-up", **NOUR)
    assert reader.page.status_code == 422 and "Say in a sentence why" in reader.text
    await reader.send("/sign-up", password=PASSWORD, reason="I write about tits & finches.")
    link = await link_in_outbox(reader)
    await reader.open(link)
    await reader.send(link)
    assert "Your sign-up is being read" in reader.text
    await reader.open("/sign-in")
    await reader.send("/sign-in", email=NOUR["email"], password=PASSWORD)
    assert reader.page.status_code == 403 and "Your sign-up is being read" in reader.text
    assert (await reader.open("/@nour")).status_code == 404
    assert (await alma.open("/admin/sign-ups")).status_code == 404, "for whoever is not staff there is no such page"

    await create_user(server, SignUp("mod", "mod@example.com", PASSWORD), UserRole.MODERATOR)
    staff = Reader(server)
    await staff.sign_in("mod")
    await staff.open("/admin/sign-ups")
    assert "I write about tits & finches." in staff.text
    await staff.send("/admin/sign-ups", accept=str(staff.soup.select("button[name=accept]")[0]["value"]))
    assert "They are in" in staff.text and "Nobody waits" in staff.text

    await reader.open("/sign-in")
    await reader.send("/sign-in", email=NOUR["email"], password=PASSWORD)
    assert reader.page.url.path == "/"
    assert (await reader.open("/@nour")).status_code == 200


async def test_an_invitation_travels_from_page_to_person(server: Server, alma: Reader, reader: Reader) -> None:
    setting(server, registrations="invitation", invitations_by="everyone", sign_up_effort=30)
    await reader.open("/sign-up")
    assert "One comes in by invitation here" in reader.text
    await alma.open("/settings/invitations")
    await alma.send("/settings/invitations", uses="0", days="7")
    assert "An invitation is for 1 to 1000 people." in alma.text
    await alma.send("/settings/invitations", uses="1", days="7")
    link = next(str(a["href"]) for a in alma.soup.select("a[href]") if "/invite/" in str(a["href"]))
    path = "/invite/" + link.rpartition("/")[2]
    told = (await reader.open(path, accept="application/json")).json()
    assert told == {"invite_code": path.removeprefix("/invite/"), "instance_api_url": "http://127.0.0.1:8140/api/"}
    await reader.open(path)
    assert "Somebody here invited you" in reader.text
    await reader.send("/sign-up", **NOUR)
    assert not await waits(server)
    assert (await reader.open(path)).status_code == 404


async def test_the_age_is_asked_where_one_is_set(server: Server, reader: Reader) -> None:
    setting(server, min_age=16)
    await reader.open("/sign-up")
    assert "One must be at least 16 here" in reader.text
    await reader.send("/sign-up", **NOUR, date_of_birth="2020-01-01")
    assert "You are below the age that is asked here." in reader.text


class Client:
    """An application with a token of its own."""

    def __init__(self, reader: Reader, token: str) -> None:
        self.http, self.headers = reader.http, {"Authorization": f"Bearer {token}"}

    async def post(self, path: str, **fields: object) -> tuple[int, dict[str, object]]:
        answer = await self.http.post(path, json=fields, headers=self.headers)
        return answer.status_code, answer.json()

    async def get(self, path: str) -> tuple[int, dict[str, object]]:
        answer = await self.http.get(path, headers=self.headers)
        return answer.status_code, answer.json()


@pytest.fixture
async def client(server: Server, reader: Reader) -> Client:
    application, _ = await register_client(server, Registration("Ivory", ["x:/y"], "read write"))
    _, token = await grant_client_token(server, application, "read write")
    return Client(reader, token)


async def test_a_client_hears_what_is_wrong_with_each_field(server: Server, client: Client) -> None:
    setting(server, registrations="approval", min_age=16, refused_mail_domains=("trash.example",))
    await create(server, "nour")
    status, told = await client.post(
        "/api/v1/accounts", username="nour", email="x@trash.example", password="short", agreement=True
    )
    assert status == 422
    details = {field: problems[0]["error"] for field, problems in told["details"].items()}  # type: ignore[attr-defined]
    assert details == {
        "username": "ERR_TAKEN", "email": "ERR_BLOCKED", "password": "ERR_TOO_SHORT", "reason": "ERR_BLANK",
        "date_of_birth": "ERR_INVALID",
    }  # fmt: skip
    status, told = await client.post("/api/v1/accounts", **NOUR)
    assert status == 422 and list(told["details"]) == ["agreement"]  # type: ignore[call-overload]


async def test_a_client_waits_with_the_person_as_in_mastodon(server: Server, client: Client, reader: Reader) -> None:
    setting(server, registrations="approval")
    status, token = await client.post("/api/v1/accounts", **NOUR, agreement=True, reason="Birds.")
    assert status == 200
    mine = Client(reader, str(token["access_token"]))
    assert await mine.get("/api/v1/accounts/verify_credentials") == (
        403,
        {"error": "Your login is missing a confirmed e-mail address"},
    )
    assert (await mine.get("/api/v1/instance"))[0] == 200
    assert await mine.get("/api/v1/emails/check_confirmation") == (200, False)
    assert (await mine.post("/api/v1/emails/confirmations", email="not one"))[0] == 422
    assert (await mine.post("/api/v1/emails/confirmations", email="other@example.com"))[0] == 200
    link = await link_in_outbox(reader)
    await reader.open(link)
    await reader.send(link)
    assert await mine.get("/api/v1/accounts/verify_credentials") == (
        403,
        {"error": "Your login is currently pending approval"},
    )
    assert (await mine.post("/api/v1/emails/confirmations"))[0] == 403
    assert (await mine.get("/api/v1/streaming?stream=user"))[0] == 401
    assert await waits(server, "other@example.com")


async def test_g12_the_confirmation_is_sent_three_times_in_half_an_hour(server: Server, client: Client) -> None:
    _, token = await client.post("/api/v1/accounts", **NOUR, agreement=True)
    setting(server, rate_limits="on")
    client.headers = {"Authorization": f"Bearer {token['access_token']}"}
    told = [(await client.post("/api/v1/emails/confirmations"))[0] for _ in range(4)]
    assert told == [200, 200, 200, 429]


@pytest.mark.parametrize(
    ("chosen", "v2"),
    [
        ({}, {"enabled": True, "approval_required": False, "reason_required": False, "message": None, "min_age": None}),
        (
            {"registrations": "approval", "registrations_message": "a < b", "min_age": 16},
            {
                "enabled": True,
                "approval_required": True,
                "reason_required": True,
                "message": "<p>a &lt; b</p>",
                "min_age": 16,
            },
        ),
        ({"registrations": "invitation"}, {"enabled": False}),
        ({"registrations": "closed"}, {"enabled": False}),
        ({"client_registrations": "closed"}, {"enabled": False}),
        ({"client_registrations": "approval"}, {"enabled": True, "approval_required": True}),
    ],
)
async def test_the_instance_says_who_may_come(
    server: Server, reader: Reader, chosen: dict[str, object], v2: dict[str, object]
) -> None:
    setting(server, **chosen)
    found = (await reader.open("/api/v2/instance")).json()["registrations"]
    assert found | v2 == found
    assert set(found) == {"enabled", "approval_required", "reason_required", "message", "min_age", "url"}
    v1 = (await reader.open("/api/v1/instance")).json()
    assert v1["registrations"] is (server.settings.registrations in ("open", "approval"))
