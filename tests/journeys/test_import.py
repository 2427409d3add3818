"""`mesange import posts FILE`: all in, with their own times, hashtags and mentions; bad lines named."""

import csv
import gzip
import html
import json
import re
import subprocess
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from tests.journeys.people import Json, Person, Welcome, eventually
from tests.journeys.shared_data import shared_file
from tests.server import COMMAND, PATIENCE, RunningServer

POSTS = Path(__file__).parent / "posts"


def import_posts(server: RunningServer, file: Path, person: Person) -> str:
    """What the command prints; it must succeed."""
    done = server.command("import", "posts", str(file), "--account", person.name)
    shown = done.stdout + done.stderr
    assert "Traceback" not in shown, shown[-3000:]
    assert done.returncode == 0, shown[-3000:]
    return shown


def posts_of(person: Person) -> list[Json]:
    """All posts of the account, newest first, read page by page without a token."""
    posts: list[Json] = []
    link = f"/api/v1/accounts/{person.id}/statuses?limit=40"
    with httpx.Client(base_url=person.server.origin, timeout=PATIENCE) as reader:
        while link:
            page = reader.get(link).raise_for_status()
            posts += page.json()
            link = page.links.get("next", {}).get("url", "") if page.json() else ""
    return posts


def words(status: Json) -> str:
    return html.unescape(re.sub(r"<br ?/?>|</p><p>", "\n", status["content"]).replace("<p>", "").replace("</p>", ""))


def test_csv_keeps_times_hashtags_and_mentions(server: RunningServer, welcome_person: Welcome) -> None:
    harbour = welcome_person("harbour")
    import_posts(server, POSTS / "harbour.csv", harbour)
    times = [status["created_at"] for status in posts_of(harbour)]
    assert times == [
        "2013-06-02T00:00:00.000Z",
        "2013-06-01T08:15:30.250Z",
        "2013-06-01T08:00:00.000Z",
        "2013-06-01T07:00:00.000Z",
    ]
    on_tag = {s["id"] for s in harbour.get("/api/v1/timelines/tag/port") if s["account"]["id"] == harbour.id}
    assert len(on_tag) == 3
    assert len([s for s in harbour.get("/api/v1/timelines/tag/brume") if s["account"]["id"] == harbour.id]) == 1


def test_json_lines_with_other_column_names(server: RunningServer, welcome_person: Welcome) -> None:
    harbour = welcome_person("harbour")
    shown = import_posts(server, POSTS / "harbour.jsonl", harbour)
    posts = posts_of(harbour)
    assert [status["created_at"] for status in posts] == [
        "2014-01-03T00:00:00.000Z",
        "2014-01-02T03:06:40.000Z",
        "2014-01-02T03:04:05.000Z",
    ]
    assert words(posts[0]) == "Retour au port 🐦"
    on_tag = {s["id"] for s in harbour.get("/api/v1/timelines/tag/mer") if s["account"]["id"] == harbour.id}
    assert len(on_tag) == 2
    for number in (3, 4, 5):
        assert re.search(rf"\b(line|ligne) {number}\b", shown), shown


def test_bad_csv_lines_are_named(server: RunningServer, welcome_person: Welcome) -> None:
    shown = import_posts(server, POSTS / "harbour.csv", welcome_person("harbour"))
    for number in (5, 7):
        assert re.search(rf"\b(line|ligne) {number}\b", shown), shown


def test_importing_again_adds_nothing(server: RunningServer, welcome_person: Welcome) -> None:
    harbour = welcome_person("harbour")
    for _ in range(2):
        import_posts(server, POSTS / "harbour.csv", harbour)
    assert len(posts_of(harbour)) == 4


def test_account_column_names_the_author(server: RunningServer, welcome_person: Welcome, tmp_path: Path) -> None:
    one, two = welcome_person("one"), welcome_person("two")
    file = tmp_path / "both.csv"
    file.write_text(
        f"account,created_at,text\n{one.name},2015-01-01,Of one for @{two.name}\n{two.name},2015-01-02,Of two\n"
        "brand_new,2015-01-03,Of somebody new\n"
    )
    assert server.command("import", "posts", str(file)).returncode == 0
    created = httpx.get(f"{server.origin}/api/v1/accounts/lookup", params={"acct": "brand_new"})
    assert created.json()["statuses_count"] == 1
    assert [words(status) for status in posts_of(two)] == ["Of two"]
    assert [mention["username"] for mention in posts_of(one)[0]["mentions"]] == [two.name]


@pytest.mark.parametrize("name", ["absent.csv", "empty.csv", "picture.png", "no_text_column.csv"])
def test_unusable_file_is_explained(server: RunningServer, alice: Person, tmp_path: Path, name: str) -> None:
    contents = {"empty.csv": b"", "picture.png": b"\x89PNG\r\n\x1a\n\x00\xff", "no_text_column.csv": b"a,b\n1,2\n"}
    file = tmp_path / name
    if name in contents:
        file.write_bytes(contents[name])
    done = server.command("import", "posts", str(file), "--account", alice.name)
    assert done.returncode != 0 or name in contents
    assert "Traceback" not in done.stdout + done.stderr
    assert (done.stdout + done.stderr).strip()


@pytest.mark.slow
def test_killed_import_goes_on_where_it_stopped(server: RunningServer, welcome_person: Welcome, tmp_path: Path) -> None:
    author = welcome_person("replayed")
    file = tmp_path / "many.jsonl"
    lines = [json.dumps({"created_at": 1_400_000_000 + n, "text": f"Number {n} #counted"}) for n in range(6000)]
    file.write_text("\n".join(lines))
    command = [*COMMAND, "import", "posts", str(file), "--account", author.name]
    for few in (1, 3000):
        quiet = subprocess.DEVNULL
        running = subprocess.Popen(command, env=server.environment, stdout=quiet, stderr=quiet)
        eventually(lambda: posts_count(author), lambda count: count >= few)  # noqa: B023  (asked within this round)
        running.kill()
        running.wait()
    import_posts(server, file, author)
    found = Counter(re.sub("<[^>]+>", "", status["content"]) for status in posts_of(author))
    assert len(found) == 6000
    assert max(found.values()) == 1
    # The server hears within a second of what another process wrote.
    assert eventually(lambda: posts_count(author), lambda count: count == 6000) == 6000


def posts_count(person: Person) -> int:
    return int(person.get(f"/api/v1/accounts/{person.id}")["statuses_count"])


@pytest.mark.slow
def test_nineteen_thousand_real_posts(server: RunningServer, welcome_person: Welcome) -> None:
    file = shared_file("tweets/crisislex_t26.csv.gz")
    with gzip.open(file, "rt", encoding="utf-8", newline="") as lines:
        real = list(csv.DictReader(lines))
    witness = welcome_person("witness")
    shown = import_posts(server, file, witness)
    assert re.search(r"\d posts/s|\d messages/s", shown), shown[-600:]
    posts = posts_of(witness)
    assert len(posts) == len(real) == 19_635
    assert Counter(s["created_at"] for s in posts) == Counter(row["created_at"] for row in real)
    times = [datetime.fromisoformat(status["created_at"]) for status in posts]
    assert times == sorted(times, reverse=True)
    assert times[-1] < datetime(2013, 1, 1, tzinfo=UTC)
    compare_hashtags(witness, posts, real)


def compare_hashtags(witness: Person, posts: list[Json], real: list[dict[str, str]]) -> None:
    """The most used hashtags are on exactly the posts that carry them, and so are their pages."""
    plain = [f" {html.unescape(row['text'])} ".lower() for row in real]
    shown = Counter(tag["name"].lower() for status in posts for tag in status["tags"])
    for name, times in shown.most_common(10):
        assert times == sum(bool(re.search(rf"(?<![\w&/#]){'#' + name}(?!\w)", text)) for text in plain), name
        newest = [s["id"] for s in posts if name in {tag["name"].lower() for tag in s["tags"]}][:20]
        page = witness.get(f"/api/v1/timelines/tag/{name}", limit=40)
        assert [s["id"] for s in page if s["account"]["id"] == witness.id][:20] == newest, name
    page = httpx.get(f"{witness.server.origin}/tags/{shown.most_common(1)[0][0]}")
    assert page.status_code == 200
    assert page.text.count("<article") >= 20
