"""Drafts and planned posts on the pages: kept, gone on with, sent at an hour of one's own place, refused in words."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from mesange.core.statuses.actions.schedule import publish_due_posts
from mesange.kit.server import Server
from tests.edges.reader import Reader

PARIS = ZoneInfo("Europe/Paris")


async def waiting(server: Server) -> list[int]:
    return [at for (at,) in await server.db.rows("SELECT scheduled_at FROM scheduled_statuses")]


async def plan(reader: Reader, text: str, date: str, time: str, **more: str) -> None:
    await reader.open("/compose")
    fields = {"scheduled_date": date, "scheduled_time": time, "zone": "Europe/Paris"}
    await reader.send("/compose", text=text, **fields, **more)


async def test_a_whole_thread_is_kept_as_a_draft_and_gone_on_with(alma: Reader) -> None:
    await alma.open("/compose")
    await alma.send("/compose", do="add", text="Un", visibility="private")
    await alma.send("/compose", do="save", text_2="Deux", option_1_2="Oui", option_2_2="Non", multiple_2="1")
    assert "Your draft is kept." in alma.text
    assert "2 parts" in alma.text
    await alma.open(str(alma.soup.select(".kept a")[0]["href"]))
    assert [each.get_text() for each in alma.soup.select(".composer-text")] == ["Un", "Deux"]
    assert alma.soup.select("[name=option_2_2]")[0]["value"] == "Non"
    assert alma.soup.select("[name=multiple_2]")[0].has_attr("checked")
    assert alma.soup.select("[name=visibility] [selected]")[0]["value"] == "private"
    await alma.send("/compose", text="Un, vraiment")
    await alma.open("/@alma")
    assert len(alma.soup.select("article")) == 2
    assert len(alma.soup.select(".post-poll")) == 1
    await alma.open("/drafts")
    assert "No drafts" in alma.text


async def test_the_script_keeps_one_draft_however_often(alma: Reader) -> None:
    await alma.open("/compose")
    page = alma.page
    await alma.send("/compose", do="autosave", text="Un d")
    kept = alma.page.text
    assert kept.isdigit()
    alma.page = page
    await alma.send("/compose", do="autosave", text="Un début", draft_id=kept)
    assert alma.page.text == kept
    await alma.open("/drafts")
    assert [each.get_text(strip=True) for each in alma.soup.select(".kept-words")] == ["Un début"]
    await alma.press(f"/drafts/{kept}/delete")
    assert "The draft is deleted." in alma.text


async def test_the_draft_of_somebody_else_is_not_there(alma: Reader, leo: Reader) -> None:
    await alma.open("/compose")
    await alma.send("/compose", do="autosave", text="À moi")
    assert (await leo.open(f"/compose?draft={alma.page.text}")).status_code == 404


async def test_a_post_is_planned_by_the_clocks_of_one_s_place(leo: Reader) -> None:
    await plan(leo, "Bonne année", "2027-01-01", "00:00")
    assert "Votre message est planifié." in leo.text
    assert await waiting(leo.server) == [int(datetime(2026, 12, 31, 23, tzinfo=UTC).timestamp() * 1000)]
    assert "1 janv. 2027, 00:00 (UTC+01:00)" in leo.text
    await leo.send("/settings/time-zone", time_zone="Asia/Kathmandu")
    assert "1 janv. 2027, 04:45 (UTC+05:45)" in leo.text
    await leo.send("/settings/time-zone", time_zone="Europe/Atlantis")
    assert leo.page.status_code == 422
    assert "Aucun fuseau horaire ne porte ce nom." in leo.text


async def test_an_hour_left_out_in_spring_is_refused_in_words(leo: Reader) -> None:
    await plan(leo, "Trop tôt", "2027-03-28", "02:30")
    assert leo.page.status_code == 422
    assert "Cette heure n’existe pas ce jour-là" in leo.text
    assert leo.soup.select("textarea")[0].get_text() == "Trop tôt"
    assert leo.soup.select("[name=scheduled_time]")[0]["value"] == "02:30"
    assert await waiting(leo.server) == []


@pytest.mark.parametrize(("turn", "hour"), [("1", 0), ("2", 1)])
async def test_an_hour_that_comes_twice_asks_which(leo: Reader, turn: str, hour: int) -> None:
    await plan(leo, "Deux fois", "2027-10-31", "02:30")
    assert leo.page.status_code == 422
    assert "Cette heure vient deux fois cette nuit-là" in leo.text
    assert len(leo.soup.select("[name=turn] option")) == 2
    await leo.send("/compose", turn=turn, zone="Europe/Paris")
    assert await waiting(leo.server) == [int(datetime(2027, 10, 31, hour, 30, tzinfo=UTC).timestamp() * 1000)]


@pytest.mark.parametrize(
    ("date", "time", "words"),
    [
        ("2020-01-01", "10:00", "cinq minutes"),
        ("2027-02-30", "10:00", "le jour et l’heure"),
        ("2027-02-28", "", "le jour et l’heure"),
        ("", "10:00", "le jour et l’heure"),
        ("soon", "10:00", "le jour et l’heure"),
    ],
)
async def test_a_time_that_cannot_be_is_refused_and_nothing_goes_out(
    leo: Reader, date: str, time: str, words: str
) -> None:
    await plan(leo, "Jamais", date, time)
    assert leo.page.status_code == 422
    assert words in leo.text
    assert await waiting(leo.server) == []
    assert await leo.server.db.value("SELECT count(*) FROM statuses") == 0


async def test_a_planned_post_is_changed_and_taken_back(alma: Reader) -> None:
    await plan(alma, "Premier jet", "2027-01-01", "10:00")
    await alma.open(str(alma.soup.select(".kept a")[0]["href"]))
    assert alma.soup.select("textarea")[0].get_text() == "Premier jet"
    await alma.send("/compose", text="Second jet", scheduled_date="2027-01-02")
    assert "January 2, 2027" in alma.text or "2 Jan 2027" in alma.text
    assert [each.get_text(strip=True) for each in alma.soup.select(".kept-words")] == ["Second jet"]
    delete = str(alma.soup.select(".kept a")[1]["href"])
    await alma.open(delete)
    await alma.send(delete)
    assert "Nothing is planned" in alma.text


async def test_its_words_may_stay_as_a_draft(alma: Reader) -> None:
    await plan(alma, "À garder", "2027-01-01", "10:00")
    await alma.open(str(alma.soup.select(".kept a")[1]["href"]))
    form = {"csrf": str(alma.soup.select("[name=csrf]")[0]["value"])}
    keep = str(alma.soup.select("[formaction]")[0]["formaction"])
    alma.page = await alma.http.post(keep, data=form)
    assert "À garder" in alma.text
    assert await waiting(alma.server) == []


async def test_why_it_was_not_published_stands_on_the_page(leo: Reader) -> None:
    tomorrow = (datetime.now(PARIS) + timedelta(days=1)).date().isoformat()
    await plan(leo, "x" * 140, tomorrow, "10:00")
    async with leo.server.db.transaction() as tx:
        await tx.execute("UPDATE scheduled_statuses SET scheduled_at = 1")
        await tx.execute("UPDATE accounts SET max_signs = 100 WHERE username = 'leo'")
    await publish_due_posts(leo.server)
    await leo.open("/scheduled")
    assert "Il n’a pas été publié : Le texte est trop long pour ce compte." in leo.text
    await leo.open(str(leo.soup.select(".kept a")[0]["href"]))
    await leo.send("/compose", text="Court", scheduled_date=tomorrow, scheduled_time="11:00")
    assert "Il n’a pas été publié" not in leo.text


async def test_later_is_asked_from_the_home_page(alma: Reader) -> None:
    await alma.open("/")
    await alma.send("/compose", do="later", text="Demain")
    assert alma.soup.select(".composer-later[open]")
    assert alma.soup.select("textarea")[0].get_text() == "Demain"


async def test_a_poll_is_made_in_the_composer(alma: Reader) -> None:
    await alma.open("/compose")
    await alma.send("/compose", text="Thé ?", option_1="Oui", option_3="Non", expires_in="300", hide_totals="1")
    assert "Your post is out." in alma.text
    assert [each.get_text(strip=True) for each in alma.soup.select(".poll-title")] == ["Oui", "Non"]
    await alma.open("/compose")
    await alma.send("/compose", text="Thé ?", option_1="Oui")
    assert alma.page.status_code == 422
    assert alma.soup.select("[name=option_1]")[0]["value"] == "Oui"


async def test_a_post_with_a_poll_is_written_again_with_it(alma: Reader) -> None:
    await alma.open("/compose")
    await alma.send("/compose", text="Thé ?", option_1="Oui", option_2="Non")
    post = str(alma.soup.select("article")[0]["data-status"])
    await alma.open(f"/statuses/{post}/delete")
    form = {"csrf": str(alma.soup.select("[name=csrf]")[0]["value"])}
    alma.page = await alma.http.post(f"/statuses/{post}/redraft", data=form)
    assert alma.soup.select("[name=option_2]")[0]["value"] == "Non"
