"""The calendar as a page: every way to look at it, what is left out, moving, and what it costs."""

import pytest

from mesange.kit.clock import DAY, HOUR, MINUTE
from mesange.workspace.publishing.queries import get_publication
from tests.core.watched import watch
from tests.edges.reader import Reader, create
from tests.workspace.publishing.pages.conftest import Kindy

WAYS = ("month", "week", "accounts", "day", "list")


@pytest.mark.parametrize("way", WAYS)
async def test_a_publication_stands_on_its_day_however_one_looks(kindy: Kindy, way: str) -> None:
    made = await kindy.write("La marée est basse")
    await kindy.editor.open(f"/publishing?view={way}&day={kindy.tomorrow}")
    entry = kindy.editor.soup.select_one(f"[data-day='{kindy.tomorrow}'] [data-entry='{made.id}']")
    assert entry, kindy.editor.page.text
    assert "La marée est basse" in entry.text and "Draft" in entry.text and "@thyo" in entry.text


async def test_who_is_no_member_finds_nothing(kindy: Kindy) -> None:
    made = await kindy.write("Canary of Kindy")
    await create(kindy.server, "stranger")
    stranger = Reader(kindy.server)
    await stranger.sign_in("stranger")
    for path in ("", "/new", "/review", "/settings", "/live", f"/{made.id}", f"/{made.id}/live", f"/{made.id}/writers"):
        await stranger.open(f"/publishing{path}?of={kindy.organization.id}")
        assert stranger.page.status_code == 404 and "Canary" not in stranger.page.text, path
    assert not stranger.soup.select("[href='/publishing']")
    await kindy.editor.open("/")
    assert kindy.editor.soup.select("[href='/publishing']")


async def test_what_is_filtered_is_left_out(kindy: Kindy) -> None:
    await kindy.write("By Thyo", account=kindy.thyo)
    await kindy.write("By Achille", account=kindy.achille, by=kindy.wim)
    await kindy.editor.open(f"/publishing?view=list&day={kindy.tomorrow}&account={kindy.achille}")
    assert "By Achille" in kindy.editor.text and "By Thyo" not in kindy.editor.text
    await kindy.editor.open(f"/publishing?view=list&day={kindy.tomorrow}&member={kindy.ines.user_id}")
    assert "By Thyo" in kindy.editor.text and "By Achille" not in kindy.editor.text
    await kindy.editor.open(f"/publishing?view=list&day={kindy.tomorrow}&state=published")
    assert "By Thyo" not in kindy.editor.text


async def test_a_full_day_says_how_many_more_there_are(kindy: Kindy) -> None:
    for number in range(7):
        await kindy.write(f"Number {number}")
    await kindy.writer.open(f"/publishing?day={kindy.tomorrow}")
    cell = kindy.writer.soup.select_one(f"[data-day='{kindy.tomorrow}']")
    assert cell and len(cell.select("[data-entry]")) == 4 and "+ 3 autres" in cell.text


async def test_a_month_costs_the_same_however_much_stands_in_it(kindy: Kindy) -> None:
    watched = watch(kindy.server)
    counted: list[int] = []
    for _round in range(2):
        for number in range(6):
            await kindy.write(f"{_round} {number}", after=DAY + number * HOUR, account=kindy.achille)
        for way in WAYS:
            await kindy.editor.open(f"/publishing?view={way}")
        watched.asked.clear()
        await kindy.editor.open("/publishing")
        counted.append(len(watched.asked))
    assert counted[0] == counted[1] < 30, [sql for sql, _ in watched.asked]


async def test_dragging_moves_the_day_and_keeps_the_hour(kindy: Kindy) -> None:
    made = await kindy.write("To be moved", after=3 * DAY)
    await kindy.editor.open(f"/publishing?day={kindy.tomorrow}")
    csrf = str(kindy.editor.soup.select_one("#acts [name=csrf]")["value"])  # type: ignore[index]  # fails without one
    headers = {"Sec-Fetch-Site": "same-origin", "HX-Request": "true"}
    typed = {"csrf": csrf, "day": kindy.tomorrow, "hour": ""}
    answer = await kindy.editor.http.post(f"/publishing/{made.id}/move", data=typed, headers=headers)
    assert (answer.status_code, answer.text) == (200, "Moved to")
    moved = await get_publication(kindy.server.db, kindy.ines, made.id)
    assert moved.wall == f"{kindy.tomorrow}T{made.wall[11:]}"
    answer = await kindy.editor.http.post(
        f"/publishing/{made.id}/move", data=typed | {"day": "2020-01-01"}, headers=headers
    )
    assert answer.status_code == 422 and "This moment has passed" in answer.text
    assert (await get_publication(kindy.server.db, kindy.ines, made.id)).planned_at == moved.planned_at


async def test_days_that_do_not_exist_show_today(kindy: Kindy) -> None:
    for day in ("2026-02-30", "0000-00-00", "9999-12-31", "x" * 900, "-1"):
        await kindy.editor.open(f"/publishing?day={day}&view=nonsense&page=0&state=none&account=x")
        assert kindy.editor.page.status_code == 200 and kindy.editor.soup.select(".calendar-month"), day


async def test_the_planned_minute_is_told_by_the_clocks_of_the_reader(kindy: Kindy) -> None:
    made = await kindy.write("At its hour", after=DAY + 5 * MINUTE)
    await kindy.editor.open(f"/publishing?view=list&day={made.wall[:10]}")
    entry = kindy.editor.soup.select_one(f"[data-entry='{made.id}'] time")
    assert entry and entry.text == made.wall[11:16] and "Europe/Paris" in kindy.editor.text
