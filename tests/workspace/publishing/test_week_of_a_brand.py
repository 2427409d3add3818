"""A3.1: 30 accounts, 12 members, 5 themes; 400 lines of a week with 10 faulty ones; a contributor's phone; 2 stages."""

import csv
import io
from collections.abc import Awaitable, Callable
from datetime import timedelta

import httpx
import pytest

from mesange.core.accounts.actions.clients import Registration, create_token, register_client
from mesange.core.accounts.model import Viewer
from mesange.core.accounts.queries import find_user, get_account
from mesange.core.teams.actions import set_rule
from mesange.core.teams.model import Role, Tier
from mesange.kit.clock import DAY, SECOND, FixedClock, moment
from mesange.kit.server import Server
from mesange.main import build_app
from mesange.workspace.publishing.actions.leaving import publish_due_publications
from mesange.workspace.publishing.queries.due import next_instant
from tests.workspace.conftest import Team

SCOPES = "read write"
THEMES = ("Products", "Care", "Jobs", "Sport", "Blog")
FAULTS = {
    7: {"account": "nobody"},
    31: {"date": "2023-02-30"},
    64: {"time": "25:00"},
    99: {"zone": "Europe/Atlantis"},
    120: {"text": "x" * 141},
    151: {"text": "  "},
    222: {"theme": "Weather"},
    260: {"date": "2001-01-01"},
    303: {"visibility": "secret"},
    377: {"date": ""},
}


@pytest.fixture
async def ask(server: Server) -> Callable[[Viewer], Awaitable[httpx.AsyncClient]]:
    """An API client with a token of theirs."""
    app = build_app(server)
    client, _ = await register_client(server, Registration("Phone", ["urn:ietf:wg:oauth:2.0:oob"], SCOPES))

    async def ask(viewer: Viewer) -> httpx.AsyncClient:
        user, account = await find_user(server.db, viewer.user_id), await get_account(server, viewer.account_id)
        assert user
        token = await create_token(server, client, user, account, SCOPES)
        transport = httpx.ASGITransport(app, client=("127.0.0.1", 1))
        headers = {"Authorization": f"Bearer {token}"}
        return httpx.AsyncClient(transport=transport, base_url=server.settings.origin, headers=headers)

    return ask


def week(names: list[str], now: int) -> bytes:
    """400 lines over a week, ten of them faulty, as a spreadsheet writes them."""
    file = io.StringIO()
    writer = csv.DictWriter(file, ["account", "date", "time", "zone", "text", "theme", "visibility"], delimiter=";")
    writer.writeheader()
    for number in range(400):
        at = moment(now).replace(hour=8, minute=0) + timedelta(days=1 + number % 7, minutes=number)
        line = {"account": names[number % 30], "date": f"{at:%Y-%m-%d}", "time": f"{at:%H:%M}", "zone": "Europe/Paris"}
        line |= {"text": f"Message n° {number}, à lire", "theme": THEMES[number % 5]}
        writer.writerow(line | FAULTS.get(number, {}))
    return file.getvalue().encode("cp1252")


async def test_a_week_is_planned_reviewed_and_published_once(
    server: Server,
    team: Team,
    clock: FixedClock,
    consume: Callable[[], Awaitable[None]],
    ask: Callable[[Viewer], Awaitable[httpx.AsyncClient]],
) -> None:
    names = [f"account{number}_dell" for number in range(30)]
    for number in range(30):
        await team.account(f"account{number}")
    roles = [Role.ADMIN, *[Role.EDITOR] * 5, *[Role.CONTRIBUTOR] * 5]
    members = [await team.member(f"member{number}", role) for number, role in enumerate(roles)]
    chief, editor, writer = members[0], members[1], members[6]
    office, colleague, phone = await ask(chief), await ask(editor), await ask(writer)
    here = {"organization_id": str(team.organization.id)}
    for theme in THEMES:
        assert (await office.post("/api/mesange/themes", json=here | {"name": theme})).status_code == 200

    file = week(names, clock.now())
    address = f"/api/mesange/publications/import?organization_id={team.organization.id}"
    told = (await office.post(address, content=file)).json()
    assert told["accepted"] == 390
    assert [line["line"] for line in told["faulty"]] == [number + 2 for number in FAULTS]
    assert all(line["reason"] for line in told["faulty"])
    again = (await office.post(address, content=file)).json()
    assert (again["accepted"], len(again["faulty"])) == (0, 400), "a file that is read twice doubles nothing"

    await set_rule(
        server,
        chief.user_id,
        team.organization.id,
        [Tier(), Tier(Role.ADMIN)],
        account_id=await team.account("brand"),
    )
    sent = await phone.post("/api/v1/statuses", json={"status": "From my phone"})
    assert sent.status_code == 422
    assert sent.json()["error"].startswith("Sent for review")
    await consume()
    (waiting,) = (await office.get("/api/mesange/publications", params=here | {"state": "in_review"})).json()
    approve = f"/api/mesange/publications/{waiting['id']}/approve"
    assert (await phone.post(approve)).status_code == 403
    assert (await colleague.post(approve)).json()["state"] == "in_review"
    assert (await colleague.post(approve)).status_code == 403
    assert (await office.post(approve)).json()["state"] == "scheduled"

    end = clock.now() + 9 * DAY
    while (instant := await next_instant(server.db)) is not None and instant < end:
        clock.move(max(instant - clock.now(), 0))
        await publish_due_publications(server)
    rows = await server.db.rows("SELECT state, count(*) FROM publications GROUP BY state")
    assert dict(rows) == {"published": 391}  # type: ignore[arg-type]  # rows are tuples of any length
    assert await server.db.value("SELECT count(DISTINCT text) FROM statuses") == 391
    assert await server.db.value("SELECT count(*) FROM statuses") == 391
    late = [found for (found,) in await server.db.rows("SELECT published_at - planned_at FROM publications")]
    assert max(map(abs, late)) < SECOND
