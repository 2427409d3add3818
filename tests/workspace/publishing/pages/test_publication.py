"""A publication as a page: written, sent for review, sent back, approved; two who write at once; its feed."""

from mesange.core.accounts.model import Viewer
from mesange.core.statuses.model import Draft
from mesange.kit.clock import DAY, MINUTE
from mesange.kit.server import Server
from mesange.workspace.publishing.actions.review import submit_publication
from mesange.workspace.publishing.actions.writing import revise_publication
from mesange.workspace.publishing.memory import Desks
from mesange.workspace.publishing.model import Publication, PublicationState
from mesange.workspace.publishing.queries import get_publication
from tests.edges.reader import Reader
from tests.workspace.publishing.pages.conftest import Kindy

NEW = {"date": "2099-06-01", "time": "09:00", "zone": "Europe/Paris"}


async def now(server: Server, viewer: Viewer, publication: Publication) -> Publication:
    return await get_publication(server.db, viewer, publication.id)


async def press(reader: Reader, path: str, **typed: str) -> None:
    """Press a button that stands in a form with another address."""
    csrf = str(reader.soup.select_one("[name=csrf]")["value"])  # type: ignore[index]  # fails without one
    reader.page = await reader.http.post(path, data={"csrf": csrf} | typed, headers={"Sec-Fetch-Site": "same-origin"})


async def test_a_publication_is_written_for_the_accounts_that_are_ticked(kindy: Kindy) -> None:
    action = f"/publishing/new?of={kindy.organization.id}"
    await kindy.writer.open("/publishing/new?day=2099-06-01&hour=09")
    await kindy.writer.send(action, text="À l’aube", account=str(kindy.thyo))
    assert "À l’aube" in kindy.writer.page.text and "Brouillon" in kindy.writer.text
    await kindy.editor.open("/publishing?view=list&day=2099-06-01")
    assert "À l’aube" in kindy.editor.text and "09:00" in kindy.editor.text
    await kindy.writer.open("/publishing/new")
    await kindy.writer.send(action, text="À personne", account="", **NEW)
    assert kindy.writer.page.status_code == 422 and "À personne" in kindy.writer.page.text


async def test_an_hour_that_does_not_exist_is_refused_and_the_words_stay(kindy: Kindy) -> None:
    action = f"/publishing/new?of={kindy.organization.id}"
    for typed in ({"date": "2099-03-29", "time": "02:30"}, {"zone": "Europe/Kindy"}, {"time": ""}):
        await kindy.editor.open("/publishing/new")
        await kindy.editor.send(action, text="Words that stay", account=str(kindy.thyo), **(NEW | typed))
        assert kindy.editor.page.status_code == 422 and "Words that stay" in kindy.editor.page.text, typed
        assert kindy.editor.soup.select(".field-problem")


async def test_the_same_words_and_the_same_hour_are_told_before_anything_is_saved(kindy: Kindy) -> None:
    action = f"/publishing/new?of={kindy.organization.id}"
    made = await kindy.write("Twice")
    typed = {"date": made.wall[:10], "time": made.wall[11:16], "zone": "Europe/Paris", "account": str(kindy.thyo)}
    await kindy.editor.open("/publishing/new")
    await kindy.editor.send(action, text="Twice", **typed)
    assert "says the same words already" in kindy.editor.text and "publishes something else" in kindy.editor.text
    await kindy.editor.send(action, **typed)
    assert kindy.editor.page.url.path != "/publishing/new"


async def test_words_go_round_until_a_colleague_approves_them(kindy: Kindy) -> None:
    made = await kindy.write("Mind the gap", by=kindy.wim)
    address = f"/publishing/{made.id}"
    await kindy.writer.open(address)
    main = kindy.writer.soup.select(".publication-steps .button-main")
    assert [str(button["formaction"]) for button in main] == [f"{address}/submit"]
    await press(kindy.writer, f"{address}/submit")
    await press(kindy.writer, f"{address}/approve")
    assert kindy.writer.page.status_code == 403
    await kindy.editor.open("/publishing/review")
    assert "To approve" in kindy.editor.text and "Mind the gap" in kindy.editor.text
    await kindy.editor.open(address)
    await kindy.editor.send(f"{address}/changes", note="Shorter")
    assert "What should be different" in kindy.editor.text and "Shorter" in kindy.editor.text
    await kindy.writer.open("/publishing/review")
    assert "Renvoyées à vous" in kindy.writer.text
    await submit_publication(kindy.server, kindy.wim, made.id)
    await kindy.editor.open(address)
    await press(kindy.editor, f"{address}/approve")
    assert (await now(kindy.server, kindy.ines, made)).state is PublicationState.SCHEDULED
    assert "approved it" in kindy.editor.text and "Take it off the schedule" in kindy.editor.text


async def test_newer_words_of_a_colleague_are_shown_and_never_overwritten(kindy: Kindy) -> None:
    made = await kindy.write("First words")
    await kindy.editor.open(f"/publishing/{made.id}")
    await revise_publication(kindy.server, kindy.wim, made.id, [Draft("Words of Wim")])
    await kindy.editor.send(f"/publishing/{made.id}", text="Words of Ines")
    assert kindy.editor.page.status_code == 409
    assert "Words of Wim" in kindy.editor.page.text and "Words of Ines" in kindy.editor.page.text
    assert (await now(kindy.server, kindy.ines, made)).drafts[0].text == "Words of Wim"
    await kindy.editor.send(f"/publishing/{made.id}")
    assert (await now(kindy.server, kindy.ines, made)).drafts[0].text == "Words of Ines"


async def test_who_writes_is_told_to_the_others_alone(kindy: Kindy) -> None:
    made = await kindy.write("Shared")
    await kindy.editor.open(f"/publishing/{made.id}")
    await press(kindy.editor, f"/publishing/{made.id}/writing")
    await kindy.writer.open(f"/publishing/{made.id}")
    assert "ines écrit ici" in kindy.writer.text
    await kindy.editor.open(f"/publishing/{made.id}/writers")
    assert "ines" not in kindy.editor.text
    later = kindy.server.clock.now() + MINUTE
    assert kindy.server.of(Desks).writers(made.id, later) == []


async def test_many_are_done_at_once_and_those_refused_say_why(kindy: Kindy) -> None:
    good, bad = await kindy.write("Good", by=kindy.wim), await kindy.write("Own words", by=kindy.ines)
    for each, viewer in ((good, kindy.wim), (bad, kindy.ines)):
        await submit_publication(kindy.server, viewer, each.id)
    await kindy.editor.open(f"/publishing?view=list&day={kindy.tomorrow}")
    form = {"of": str(kindy.organization.id), "back": "/publishing", "do": "approve"}
    csrf = str(kindy.editor.soup.select_one("[name=csrf]")["value"])  # type: ignore[index]  # fails without one
    chosen = {"csrf": csrf, **form, "chosen": [str(good.id), str(bad.id)]}
    answer = await kindy.editor.http.post("/publishing/bulk", data=chosen, headers={"Sec-Fetch-Site": "same-origin"})
    assert "1 done" in answer.text and "Nobody approves what they wrote themselves" in answer.text
    assert (await now(kindy.server, kindy.ines, good)).state is PublicationState.SCHEDULED
    assert (await now(kindy.server, kindy.ines, bad)).state is PublicationState.IN_REVIEW


async def test_a_comment_stands_under_the_publication(kindy: Kindy) -> None:
    made = await kindy.write("Look at this")
    await kindy.writer.open(f"/publishing/{made.id}")
    await kindy.writer.send(f"/publishing/{made.id}/comment", text="Belle photo")
    assert "Belle photo" in kindy.writer.text and "wim" in kindy.writer.text


async def test_the_feed_shows_what_its_member_sees_until_it_is_revoked(kindy: Kindy) -> None:
    made = await kindy.write("Marée, basse; lumière")
    await kindy.editor.open("/publishing/settings")
    action = f"/publishing/settings?of={kindy.organization.id}"
    await press(kindy.editor, action, do="open", of=str(kindy.organization.id))
    address = kindy.editor.soup.select_one(".code")
    assert address
    visitor = Reader(kindy.server)
    feed = await visitor.open(address.text)
    assert feed.headers["content-type"].startswith("text/calendar")
    lines = feed.text.replace("\r\n ", "").split("\r\n")
    assert f"UID:publication-{made.id}@{kindy.server.settings.domain}" in lines
    assert "SUMMARY:@thyo · Draft · Marée\\, basse\\; lumière" in lines
    await press(kindy.editor, action, do="close", of=str(kindy.organization.id))
    assert (await visitor.open(address.text)).status_code == 404


async def test_what_changes_is_told_to_the_pages_of_that_organization(kindy: Kindy) -> None:
    desks = kindy.server.of(Desks)
    seen = kindy.server.clock.now() - DAY
    assert desks.has_changed(kindy.organization.id, seen, kindy.server.clock.now())
    await kindy.write("News")
    assert desks.has_changed(kindy.organization.id, seen, kindy.server.clock.now())
    assert not desks.has_changed(kindy.organization.id, kindy.server.clock.now() + MINUTE, kindy.server.clock.now())
