"""From an empty folder to a lively town, served, in some ten seconds."""

from pathlib import Path

import httpx

from tests.costs import children_cpu
from tests.journeys.conftest import FreshDatabase
from tests.journeys.visitor import Visitor
from tests.server import RunningServer

SECONDS = 15
"""Of processor time."""


def test_the_town_is_there_served_and_speaks_both_languages(fresh_database: FreshDatabase, tmp_path: Path) -> None:
    server = RunningServer(tmp_path / "town", fresh_database())
    before = children_cpu()
    filled = server.command_apart("demo", "--no-serve")
    assert filled.returncode == 0, filled.stderr[-2000:]
    took = children_cpu() - before
    server.start()
    try:
        local = httpx.get(f"{server.origin}/api/v1/timelines/public?local=true&limit=40").json()
        assert took < SECONDS, f"filled after {took:.1f} s of work"
        assert {status["language"] for status in local} == {"fr", "en"}
        pictures = [media for status in local for media in status["media_attachments"]]
        assert pictures and all(media["description"] and media["blurhash"] for media in pictures)
        assert httpx.get(pictures[0]["url"]).headers["content-type"].startswith("image/")
        password = filled.stdout.split()[-1]
        visitor = Visitor(server.origin, language="fr")
        visitor.open("/sign-in")
        visitor.submit(visitor.form("password"), email="camille@saint-elvec.example", password=password)
        assert "Camille Le Dantec" in visitor.open("/").text
    finally:
        server.stop()


def test_a_demonstration_never_mixes_with_what_is_there(server: RunningServer) -> None:
    refused = server.command("demo", "--no-serve")
    assert refused.returncode == 1
    assert "is not empty" in refused.stderr
