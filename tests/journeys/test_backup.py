"""A backup taken under load is put back on a clean machine: the same rows, the same keys, nothing sent twice."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.drills.load import prepare_load
from tests.journeys.conftest import FreshDatabase
from tests.journeys.drawn import png
from tests.journeys.people import eventually, welcome
from tests.journeys.visitor import Visitor
from tests.kit.smtp import SmtpServer
from tests.server import PrepareServer, RunningServer, free_port


@contextmanager
def smtp_sink() -> Iterator[tuple[int, SmtpServer]]:
    """An SMTP server on its own thread's loop."""
    loop, sink = asyncio.new_event_loop(), SmtpServer()
    port = loop.run_until_complete(sink.start())
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        yield port, sink
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


def test_a_backup_under_load_is_restored_whole_and_sends_nothing_again(
    prepare_server: PrepareServer, fresh_database: FreshDatabase, tmp_path: Path
) -> None:
    deaf = free_port()  # Nobody listens there: the mail waits.
    server = prepare_server(MESANGE_SMTP_URL=f"smtp://127.0.0.1:{deaf}")
    server.start()
    person = welcome(server, "keeper")
    reset = Visitor(server.origin)
    reset.open("/reset")
    reset.submit(reset.form("email"), email=person.email)
    load = prepare_load(server, 4)
    load.start()
    load.wait_for(100)
    acknowledged = {key: id for client in load.clients for key, id in dict(client.acknowledged).items()}
    archive = tmp_path / "kept.tar"
    saved = server.command_apart("backup", str(archive))
    load.finish()
    assert saved.returncode == 0, saved.stderr
    assert "verified" in saved.stdout
    server.stop()

    with smtp_sink() as (port, sink):
        settings = fresh_database() | {"MESANGE_SMTP_URL": f"smtp://127.0.0.1:{port}"}
        clean = RunningServer(tmp_path / "clean" / "data", settings, port=server.port)
        restored = clean.command_apart("restore", str(archive))
        assert restored.returncode == 0, restored.stderr
        assert "row by row the same" in restored.stdout
        assert "Held back: 1 " in restored.stdout
        with clean:
            tokens = [client.token for client in load.clients]
            posts = {text: id for token in tokens for text, id in posts_of(clean, token).items()}
            assert acknowledged, "the load did nothing"
            assert acknowledged.items() <= posts.items()
            assert person.get("/api/v1/accounts/verify_credentials")["username"] == person.name
            person.post("after the restoration")
            reset.open("/reset")
            reset.submit(reset.form("email"), email="poster_0@example.com")
            letters = eventually(lambda: sink.received, len)
        assert [letter["To"] for letter in letters] == ["poster_0@example.com"]


@pytest.mark.slow
def test_pictures_in_a_bucket_are_in_the_backup_and_come_back_into_another_one(
    prepare_server: PrepareServer, fresh_database: FreshDatabase, bucket: str, tmp_path: Path
) -> None:
    keys = {"MESANGE_MEDIA_ACCESS_KEY": "key", "MESANGE_MEDIA_SECRET_KEY": "secret"}
    server = prepare_server(**keys, MESANGE_MEDIA_URL=bucket)
    server.start()
    person = welcome(server, "keeper")
    media = person.http.post("/api/v1/media", files={"file": ("a.png", png(), "image/png")}).json()
    person.post("look", media_ids=[media["id"]])
    shown = httpx.get(media["url"]).raise_for_status().content
    archive = tmp_path / "kept.tar"
    saved = server.command("backup", str(archive))
    assert saved.returncode == 0 and "stored files that nobody needs: 0" in server.command("doctor").stdout
    server.stop()
    settings = fresh_database() | keys | {"MESANGE_MEDIA_URL": bucket.replace("/folder/", "/another/")}
    clean = RunningServer(tmp_path / "clean" / "data", settings, port=server.port)
    restored = clean.command("restore", str(archive))
    assert restored.returncode == 0, restored.stderr
    assert not (clean.folder / "media").exists()
    with clean:
        assert httpx.get(media["url"]).content == shown
        assert "needed and not there: 0" in clean.command("doctor").stdout


def posts_of(server: RunningServer, token: str) -> dict[str, str]:
    """Ids of one's posts by their text."""
    found: dict[str, str] = {}
    with httpx.Client(base_url=server.origin, headers={"Authorization": f"Bearer {token}"}) as client:
        me = client.get("/api/v1/accounts/verify_credentials").json()["id"]
        path: str | None = f"/api/v1/accounts/{me}/statuses?limit=40"
        while path:
            answer = client.get(path)
            for status in answer.json():
                found[status["content"].removeprefix("<p>").removesuffix("</p>")] = status["id"]
            path = answer.links.get("next", {}).get("url") if answer.json() else None
    return found


def test_a_backup_never_overwrites_and_a_restoration_never_mixes(server: RunningServer, tmp_path: Path) -> None:
    archive = tmp_path / "once.tar"
    assert server.command("backup", str(archive)).returncode == 0
    again = server.command("backup", str(archive))
    onto = server.command("restore", str(archive))
    assert again.returncode == 1 and "exists already" in again.stderr
    assert onto.returncode == 1 and "is not empty" in onto.stderr
    assert "Traceback" not in again.stderr + onto.stderr


def test_a_backup_where_nothing_can_be_written_says_so(server: RunningServer) -> None:
    refused = server.command("backup", "/proc/kept.tar")
    assert refused.returncode == 1
    assert "no backup was made" in refused.stderr
