"""The pages where one takes one's data along and brings lists from elsewhere."""

import io
import zipfile
from typing import Any

import pytest

from mesange.core.archives.actions import make_archives, run_imports
from mesange.core.statuses.actions.publish import publish_status
from mesange.core.statuses.model import Draft
from mesange.kit.server import Server
from tests.edges.reader import PASSWORD, Reader, create


async def test_a_stolen_session_takes_no_archive_and_its_owner_takes_it_once(
    server: Server, alma: Reader, leo: Reader
) -> None:
    await alma.open("/settings/data")
    async with server.db.transaction() as tx:
        await tx.execute("UPDATE sessions SET proven_at = 0")
    await alma.send("/settings/data/archive")
    assert alma.page.url.path == "/settings/security/prove"
    await alma.send("/settings/security/prove", password=PASSWORD)
    assert alma.page.url.path == "/settings/data"
    await alma.send("/settings/data/archive")
    assert "Your archive is being made" in alma.text and "Make my archive" not in alma.text
    await make_archives(server)
    await alma.open("/settings/data")
    archive = str(alma.soup.select('button[name="archive"]')[0]["value"])
    await alma.send("/settings/data/download", archive=archive)
    link = alma.page.url.path
    assert alma.page.headers["content-type"] == "application/zip"
    assert alma.page.headers["cache-control"] == "no-store"
    assert "attachment" in alma.page.headers["content-disposition"]
    assert "outbox.json" in zipfile.ZipFile(io.BytesIO(alma.page.content)).namelist()
    assert (await alma.open(link)).status_code == 404, "j8: it was used"


async def test_j8_neither_others_nor_visitors_fetch_an_archive(server: Server, alma: Reader, leo: Reader) -> None:
    await alma.open("/settings/data")
    await alma.send("/settings/data/archive")
    await make_archives(server)
    await alma.open("/settings/data")
    form = alma.soup.find("form", action="/settings/data/download")
    archive = str(alma.soup.select('button[name="archive"]')[0]["value"])
    assert form is not None
    same = {"Sec-Fetch-Site": "same-origin"}
    given = {"csrf": str(alma.soup.select('[name="csrf"]')[0]["value"]), "archive": archive}
    offered = await alma.http.post("/settings/data/download", data=given, headers=same, follow_redirects=False)
    link = offered.headers["location"]
    assert (await leo.open(link)).status_code == 404
    visitor = await Reader(server).http.get(link, follow_redirects=False)
    assert visitor.status_code == 303 and visitor.headers["location"].startswith("/sign-in")
    given["csrf"] = str((await leo.open("/settings/data")) and leo.soup.select('[name="csrf"]')[0]["value"])
    assert (await leo.http.post("/settings/data/download", data=given, headers=same)).status_code == 404
    assert (await alma.open(link)).status_code == 200


async def test_e9_an_archive_is_not_asked_for_from_another_site(alma: Reader) -> None:
    answer = await alma.http.post("/settings/data/archive", data={}, headers={"Origin": "https://x.example"})
    assert answer.status_code == 403


@pytest.mark.parametrize(
    "name",
    [
        "following_accounts.csv",
        "followers.csv",
        "blocked_accounts.csv",
        "muted_accounts.csv",
        "lists.csv",
        "bookmarks.csv",
        "blocked_domains.csv",
        "filters.csv",
    ],
)
async def test_each_list_can_be_downloaded(alma: Reader, name: str) -> None:
    await alma.open("/settings/data")
    assert alma.soup.select(f'a[href="/settings/data/csv/{name}"]')
    page = await alma.open(f"/settings/data/csv/{name}")
    assert page.headers["content-type"].startswith("text/csv") and name in page.headers["content-disposition"]
    assert (await alma.open("/settings/data/csv/../../mesange.toml")).status_code == 404


async def bring(reader: Reader, content: bytes, **typed: Any) -> None:
    await reader.open("/settings/data")
    csrf = str(reader.soup.select('[name="csrf"]')[0]["value"])
    reader.page = await reader.http.post(
        "/settings/data/imports",
        data={"csrf": csrf, "kind": "following", "mode": "merge"} | typed,
        files={"file": ("follows.csv", content)},
        headers={"Sec-Fetch-Site": "same-origin"},
    )


async def test_a_list_from_elsewhere_is_read_and_what_failed_is_named(server: Server, leo: Reader) -> None:
    await create(server, "alma")
    await bring(leo, b"alma\nnobody\n<script>alert(1)</script>\n")
    assert "en cours de lecture" in leo.text and leo.soup.find("progress")
    path = leo.page.url.path
    await run_imports(server)
    await leo.open(path)
    assert "Le fichier est lu" in leo.text and "Personne ici ne porte ce nom." in leo.text
    assert not leo.soup.select("[hx-trigger]") and not leo.soup.select("main script")
    first = leo.soup.select(".reasons-list li")[0].get_text(" ", strip=True)
    assert first == "Ligne\u00a02 nobody Personne ici ne porte ce nom."
    stranger = Reader(server)
    await stranger.sign_in("alma")
    assert (await stranger.open(path)).status_code == 404


@pytest.mark.parametrize(
    ("content", "typed", "sentence"),
    [
        (b"#uri\nhttps://a.example/1\n", {}, "The columns of this file"),
        (b"Filter name,Keyword\na,b\n", {"kind": "filters"}, "Columns looked for: Whole word, Action, Contexts"),
        (b"\xff\xfe", {}, "not a CSV file in UTF-8"),
        (b"alma\n", {"kind": "else"}, "Say what the file holds."),
        (b"", {}, "Choose a file first."),
    ],
)
async def test_a_wrong_file_is_refused_in_words(
    alma: Reader, content: bytes, typed: dict[str, str], sentence: str
) -> None:
    await bring(alma, content, **typed)
    assert alma.page.status_code == 422 and sentence in alma.text


async def test_f2_the_lists_of_others_are_not_mine(server: Server, alma: Reader) -> None:
    _user, account, leo = await create(server, "leo")
    status = await publish_status(server, leo, Draft("canary", visibility="direct"))
    for name in ("following_accounts.csv", "bookmarks.csv"):
        page = await alma.open(f"/settings/data/csv/{name}?account={account.id}")
        assert "leo" not in page.text and str(status.id) not in page.text
