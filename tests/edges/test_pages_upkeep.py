"""What those who keep the server look after: work that waits, backups, settings, the look of the place."""

import asyncio
import re
from pathlib import Path

from msgspec.structs import replace

from mesange.core.accounts.model import UserRole
from mesange.core.upkeep.actions.backups import make_backups, plan_backups
from mesange.core.upkeep.actions.settings import apply_settings
from mesange.core.upkeep.memory import UpkeepMemory
from mesange.core.upkeep.queries import changed_settings, list_backups
from mesange.edges.pages.admin.jobs import JOB_NAMES
from mesange.edges.pages.admin.setting_texts import ELSEWHERE
from mesange.kit.backup import verify_archive
from mesange.kit.clock import DAY
from mesange.kit.ids import first_id_at
from mesange.kit.jobs import Job, run_job
from mesange.kit.progress import Progress
from mesange.kit.server import Server
from mesange.kit.settings import Settings
from mesange.main import JOBS, MAIL
from tests.core.emojis.test_emojis import picture
from tests.edges.reader import Reader
from tests.edges.test_pages_admin import SAME, acts, new_staff, token


async def test_work_that_waits_is_tried_again_or_given_up(server: Server) -> None:
    owner = await new_staff(server, "rosa", UserRole.OWNER)
    for name in ("lost", "late"):
        async with server.db.transaction() as tx:
            await server.mail.queue(tx, f"{name}@example.net", "Hello", "A word")
    await owner.open("/admin")
    assert {"/admin/jobs", "/admin/domains", "/admin/accounts?state=local"} <= {
        str(link["href"]) for link in owner.soup.select(".tile a")
    }
    assert "Nothing leaves this server yet" in owner.text
    await owner.open("/admin/jobs?queue=mails")
    button = owner.soup.select_one("tr:-soup-contains('lost@') [name=end]")
    assert button, owner.text
    await owner.send("/admin/jobs", end=str(button["value"]))
    assert "given up by the staff" in owner.text
    button = owner.soup.select_one("tr:-soup-contains('late@') [name=again]")
    assert button
    await owner.send("/admin/jobs", again=str(button["value"]))
    waiting = await server.db.row("SELECT next_attempt_at FROM mails WHERE recipient = 'late@example.net'")
    assert waiting and waiting[0] <= server.clock.now()
    gone = await owner.http.post(
        "/admin/jobs", data=token(owner) | {"queue": "mails", "again": await _mail(server, "lost")}, headers=SAME
    )
    assert gone.status_code == 409, "what was given up has no text left to send"
    assert (await owner.open("/admin/jobs?queue=users")).status_code == 404
    await owner.open("/admin/log")
    assert "Work given up" in acts(owner) and "Work tried again" in acts(owner)


async def _mail(server: Server, name: str) -> str:
    return str(await server.db.value("SELECT id FROM mails WHERE recipient = ?", f"{name}@example.net"))


async def test_regular_work_is_shown_while_it_runs_and_begins_when_called(server: Server) -> None:
    runs, at_work = asyncio.Semaphore(0), asyncio.Event()

    async def sweep(server: Server) -> None:
        runs.release()
        await at_work.wait()

    running = asyncio.create_task(run_job(server, Job("end polls", 3_600, sweep), server.of(Progress)))
    owner = await new_staff(server, "rosa", UserRole.OWNER)
    async with asyncio.timeout(60):
        await runs.acquire()
        await owner.open("/admin/jobs")
        assert "Running" in owner.soup.select_one("tr:-soup-contains('End polls')").text  # type: ignore[union-attr]  # fails when there is none, too
        at_work.set()
        while server.of(Progress).jobs["end polls"].is_running:
            await asyncio.sleep(0)
        await owner.send("/admin/jobs", run="end polls")
        await runs.acquire()
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    await owner.open("/admin/log")
    assert re.search(r"Regular work run at once @rosa .* job:end polls", acts(owner))


async def test_settings_change_while_the_server_runs_and_say_where_they_come_from(server: Server) -> None:
    owner = await new_staff(server, "rosa", UserRole.OWNER)
    await owner.open("/admin/settings")
    shown = {str(each["id"]) for each in owner.soup.select("[id]")} | {
        code.get_text() for code in owner.soup.select("code")
    }
    assert {*Settings.__struct_fields__} <= shown | {*ELSEWHERE}, "each setting is on the page, or a link leads to it"
    form = {"names": ["max_signs", "registrations"], "max_signs": "many", "registrations": "closed"}
    refused = await owner.http.post("/admin/settings", data=token(owner) | form, headers=SAME)
    assert refused.status_code == 422 and 'value="many"' in refused.text and server.settings.max_signs == 140
    await owner.http.post("/admin/settings", data=token(owner) | form | {"max_signs": "99"}, headers=SAME)
    assert (server.settings.max_signs, server.settings.registrations) == (99, "closed")
    visitor = Reader(server)
    assert (await visitor.http.get("/api/v2/instance")).json()["registrations"]["enabled"] is False
    await owner.open("/admin/settings")
    assert "changed here" in owner.text
    await owner.http.post("/admin/settings", data=token(owner) | {"reset": "max_signs"}, headers=SAME)
    assert server.settings.max_signs == 140
    again = replace(server.settings, title="Elsewhere")
    server.settings = again
    await apply_settings(server)
    assert server.settings.registrations == "closed", "what was changed here outlives a start"
    await owner.open("/admin/log")
    assert re.search(r"A setting changed @rosa .* setting:max_signs value: 140 → 99", acts(owner))


async def test_what_a_variable_says_is_not_changed_here(server: Server) -> None:
    owner = await new_staff(server, "rosa", UserRole.OWNER)
    server.of(UpkeepMemory).given["max_signs"] = "environment"
    await owner.open("/admin/settings")
    assert owner.soup.select_one("#max_signs[disabled]") and "from the variable MESANGE_MAX_SIGNS" in owner.text
    sent = token(owner) | {"names": "max_signs", "max_signs": "99"}
    assert (await owner.http.post("/admin/settings", data=sent, headers=SAME)).status_code == 409
    assert server.settings.max_signs == 140


async def test_the_place_has_its_own_name_colour_and_pictures(server: Server) -> None:
    owner = await new_staff(server, "rosa", UserRole.OWNER)
    visitor = Reader(server)
    before = (await visitor.http.get("/api/v2/instance")).json()["thumbnail"]["url"]
    await owner.open("/admin/look")
    await owner.send("/admin/look", title="The nest", description="Ours.", accent="plum")
    assert owner.soup.select_one("html[data-accent=plum]") and "The nest" in owner.text
    sent = token(owner) | {"picture": "banner"}
    for file, status in ((b"GIF, says the name", 422), (picture(), 200)):
        answer = await owner.http.post("/admin/look", data=sent, files={"banner": ("a.png", file)}, headers=SAME)
        assert answer.status_code == status
    instance = (await visitor.http.get("/api/v2/instance")).json()
    assert instance["title"] == "The nest" and instance["thumbnail"]["url"] != before
    assert (await visitor.http.get(instance["thumbnail"]["url"])).status_code == 200
    await visitor.open("/")
    shown = visitor.soup.select_one(".welcome-banner")
    assert shown and str(shown["src"]) in instance["thumbnail"]["url"]
    assert f'property="og:image" content="{instance["thumbnail"]["url"]}"' in visitor.page.text
    await owner.http.post("/admin/look", data=token(owner) | {"remove": "banner"}, headers=SAME)
    assert (await visitor.http.get("/api/v2/instance")).json()["thumbnail"]["url"] == before


async def test_the_description_of_the_program_stays_in_the_language_of_each_reader(server: Server) -> None:
    owner = await new_staff(server, "rosa", UserRole.OWNER, "fr")
    own = "Un petit lieu pour écrire court et bien lire."
    await owner.open("/admin/look")
    assert owner.soup.select_one("#description[value='']") and own in owner.text
    for typed in ("", own):
        await owner.send("/admin/look", description=typed, accent="plum")
        assert server.settings.description == Settings().description
    assert await changed_settings(server.db) == {"accent"}, "only what was typed is kept"
    await owner.send("/admin/look", description="À nous.")
    await owner.send("/admin/look", description="")
    assert server.settings.description == Settings().description


async def test_a_backup_is_taken_verified_fetched_and_deleted(server: Server, tmp_path: Path) -> None:
    owner = await new_staff(server, "rosa", UserRole.OWNER)
    await owner.open("/admin/backups")
    await owner.send("/admin/backups", now="1")
    assert "Waiting" in owner.text
    twice = await owner.http.post("/admin/backups", data=token(owner) | {"now": "1"}, headers=SAME)
    assert twice.status_code == 409
    await make_backups(server)
    (backup,) = await list_backups(server.db)
    assert backup.state == "ready", backup.failure
    await owner.open("/admin/backups")
    assert "Verified" in owner.text and "mesange restore" in owner.text
    (archive := tmp_path / "fetched.tar").write_bytes((await owner.open(f"/admin/backups/{backup.id}/file")).content)
    assert verify_archive(archive).domain == server.settings.domain
    await owner.open(f"/admin/backups/{backup.id}/delete")
    await owner.send(f"/admin/backups/{backup.id}/delete")
    assert not list((server.settings.data / "backups").iterdir())
    await owner.open("/admin/log")
    assert all(act in acts(owner) for act in ("A backup taken", "A backup fetched", "A backup deleted"))


async def test_backups_are_taken_by_themselves_and_the_oldest_go(server: Server) -> None:
    owner = await new_staff(server, "rosa", UserRole.OWNER)
    await owner.open("/admin/backups")
    await owner.send("/admin/backups", backup_days="1", backups_kept="1")
    await plan_backups(server)
    await plan_backups(server)
    (first,) = await list_backups(server.db)
    async with server.db.transaction() as tx:
        old = first_id_at(server.clock.now() - 2 * DAY)
        await tx.execute("UPDATE backups SET id = ?, state = 'ready' WHERE id = ?", old, first.id)
    await plan_backups(server)
    await make_backups(server)
    (kept,) = await list_backups(server.db)
    assert kept.state == "ready" and kept.id > old


def test_every_regular_work_is_called_by_what_it_does() -> None:
    assert {job.name for job in (*JOBS, MAIL)} == set(JOB_NAMES)
