"""A post that waits a moment before it leaves, and what one writes with."""

import re

from mesange.core.statuses.actions.schedule import publish_due_posts
from mesange.kit.clock import SECOND
from mesange.kit.server import Server
from tests.edges.reader import Reader


async def leave_time(reader: Reader, seconds: str = "10") -> None:
    await reader.open("/settings/writing")
    await reader.send("/settings/writing", undo_seconds=seconds)
    assert "Saved." in reader.text


async def wait(server: Server, seconds: int) -> None:
    """As if so many seconds had passed since the post was sent."""
    async with server.db.transaction() as tx:
        await tx.execute("UPDATE scheduled_statuses SET scheduled_at = scheduled_at - ?", seconds * SECOND)
    await publish_due_posts(server)


def undo_on(reader: Reader) -> str:
    """Where the page's button sends that takes back what was sent."""
    return str(reader.soup.select("[data-leaves]")[0]["action"])


async def write(reader: Reader, text: str) -> None:
    await reader.open("/compose")
    await reader.send("/compose", text=text)


async def posts_of(reader: Reader) -> list[str]:
    await reader.open("/@alma")
    return [each.get_text(" ", strip=True) for each in reader.soup.select(".post-text")]


async def test_a_post_leaves_after_the_seconds_one_gave_oneself(server: Server, alma: Reader) -> None:
    await leave_time(alma)
    await write(alma, "Bientôt dehors")
    assert re.search(r"Your post leaves in (9|10) s\.", alma.text)
    await wait(server, 8)
    assert await posts_of(alma) == []
    await wait(server, 2)
    assert await posts_of(alma) == ["Bientôt dehors"]


async def test_what_is_taken_back_stands_in_the_composer_and_never_went_out(server: Server, alma: Reader) -> None:
    await leave_time(alma)
    await write(alma, "Trop vite")
    await alma.send(undo_on(alma))
    assert [each.get_text() for each in alma.soup.select(".composer-text")] == ["Trop vite"]
    await wait(server, 60)
    assert await posts_of(alma) == []


async def test_too_late_is_said_and_leaves_no_draft(server: Server, alma: Reader) -> None:
    await leave_time(alma, "5")
    await write(alma, "Parti")
    page = alma.page
    await wait(server, 5)
    alma.page = page
    await alma.send(undo_on(alma))
    assert "Your post is out already." in alma.text
    await alma.open("/drafts")
    assert "No drafts" in alma.text
    assert await posts_of(alma) == ["Parti"]


async def test_nobody_else_takes_it_back(server: Server, alma: Reader, leo: Reader) -> None:
    await leave_time(alma)
    await write(alma, "À moi")
    await leo.open("/local")
    token = str(leo.soup.select("#acts [name=csrf]")[0]["value"])
    answer = await leo.http.post(undo_on(alma), data={"csrf": token}, headers={"Sec-Fetch-Site": "same-origin"})
    assert "Votre message est déjà parti." in answer.text
    assert await server.db.value("SELECT count(*) FROM scheduled_statuses") == 1


async def test_new_posts_begin_as_one_chose(alma: Reader) -> None:
    await alma.open("/settings/writing")
    await alma.send("/settings/writing", visibility="private", language="fr", sensitive="1")
    await alma.open("/settings/writing")
    assert alma.soup.select("[name=visibility] [selected]")[0]["value"] == "private"
    assert alma.soup.select("[name=language]")[0]["value"] == "fr"
    assert alma.soup.select("[name=sensitive]")[0].has_attr("checked")
    await alma.open("/compose")
    assert alma.soup.select("[name=visibility] [selected]")[0]["value"] == "private"


async def test_a_choice_that_is_none_is_named_and_nothing_typed_is_lost(alma: Reader) -> None:
    await alma.open("/settings/writing")
    await alma.send("/settings/writing", undo_seconds="7", language="fr")
    assert alma.page.status_code == 422
    assert "Choose one of the times offered." in alma.text
    assert alma.soup.select("[name=language]")[0]["value"] == "fr"
    await alma.open("/settings/writing")
    await alma.send("/settings/writing", visibility="everyone")
    assert (alma.page.status_code, alma.soup.select("#visibility-problem") != []) == (422, True)
