"""Posting pictures as clients do it: upload with alt text, attach, edit, delete; and what lies is refused."""

import io
import json
import os
from pathlib import Path
from typing import Any

import httpx
import pytest
from PIL import Image, ImageDraw

from tests.journeys.mastodon_client import ids, posted_media
from tests.journeys.people import Person, eventually
from tests.journeys.toot_client import toot_of
from tests.server import PATIENCE

ALT = "Une mésange bleue sur une branche"


def picture(width: int = 320, height: int = 200) -> bytes:
    image = Image.new("RGB", (width, height), "#3a6ea5")
    ImageDraw.Draw(image).ellipse((width // 4, height // 4, width // 2, height // 2), fill="#f5c518")
    file = io.BytesIO()
    image.save(file, "JPEG", quality=90)
    return file.getvalue()


def send(person: Person, content: bytes, *, path: str = "/api/v2/media", **fields: str) -> httpx.Response:
    return person.http.post(path, files={"file": ("bird.jpg", content, "image/jpeg")}, data=fields)


def ready(person: Person, id: str) -> dict[str, Any]:
    answer = eventually(lambda: person.http.get(f"/api/v1/media/{id}"), lambda seen: seen.status_code != 206)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_mastodon_py_uploads_with_alt_text_and_posts(client: Any) -> None:
    media = posted_media(client, io.BytesIO(picture()), "image/jpeg", description=ALT, focus=(-0.5, 0.25))
    assert (media.type, media.description) == ("image", ALT)
    assert (media.meta.focus.x, media.meta.focus.y) == (-0.5, 0.25)
    assert (media.meta.original.width, media.meta.original.height) == (320, 200)
    before = ids(client.account_statuses(client.me(), only_media=True))
    status = client.status_post("look", media_ids=[media])
    (shown,) = status.media_attachments
    assert (shown.description, len(shown.blurhash)) == (ALT, 28)
    for address in (shown.url, shown.preview_url):
        seen = httpx.get(address)
        assert seen.headers["x-content-type-options"] == "nosniff"
        assert seen.headers["content-type"].startswith("image/")
        assert Image.open(io.BytesIO(seen.content)).size == (320, 200)

    words = client.generate_media_edit_attributes(media.id, description="Another")
    described = client.status_update(status, "look again", media_attributes=[words])
    assert described.media_attachments[0].description == "Another"
    history = client.status_history(status)
    assert [version.media_attachments[0].description for version in history] == [ALT, "Another"]
    assert ids(client.account_statuses(client.me(), only_media=True)) == [str(status.id), *before]
    assert client.timeline_public(only_media=True)[0].id == status.id

    redraft = client.status_delete(status)
    again = client.status_post(redraft.text, media_ids=redraft.media_attachments)
    assert again.media_attachments[0].id == media.id
    client.status_delete(again, delete_media=True)
    gone = eventually(lambda: httpx.get(shown.url), lambda seen: seen.status_code == 404)
    assert gone.status_code == 404


def test_toot_posts_a_picture_with_its_description(bob: Person, tmp_path: Path) -> None:
    file = tmp_path / "bird.jpg"
    file.write_bytes(picture())
    toot = toot_of(bob, tmp_path / "toot")
    printed = toot.run("post", "look", "--media", str(file), "--description", ALT, "--json")
    status = json.loads(printed[printed.index("{") :])
    assert [each["description"] for each in status["media_attachments"]] == [ALT]


def test_an_upload_is_answered_at_once_and_asked_for_until_it_is_ready(alice: Person) -> None:
    answer = send(alice, picture(4000, 3000), description=ALT)
    assert (answer.status_code, answer.json()["url"]) == (202, None)
    media = ready(alice, answer.json()["id"])
    assert (media["description"], media["meta"]["original"]["size"]) == (ALT, "4000x3000")
    small = media["meta"]["small"]
    assert small["width"] * small["height"] <= 640 * 360


def test_a_client_that_does_not_wait_may_post_at_once(alice: Person) -> None:
    id = send(alice, picture(2000, 1500)).json()["id"]
    (media,) = alice.post("look", media_ids=[id])["media_attachments"]
    assert media["url"]


def test_the_old_way_of_uploading_answers_when_the_file_is_ready(alice: Person) -> None:
    answer = send(alice, picture(), path="/api/v1/media")
    assert answer.status_code == 200
    assert answer.json()["url"]


def test_words_are_changed_and_files_deleted_by_their_owner_alone(alice: Person, bob: Person) -> None:
    id = send(alice, picture()).json()["id"]
    assert alice.http.put(f"/api/v1/media/{id}", json={"description": "new", "focus": "0.1,-1"}).is_success
    media = ready(alice, id)
    assert (media["description"], media["meta"]["focus"]) == ("new", {"x": 0.1, "y": -1})
    for method in ("GET", "PUT", "DELETE"):
        assert bob.http.request(method, f"/api/v1/media/{id}").status_code == 404
    assert alice.http.delete(f"/api/v1/media/{id}").status_code == 200
    assert alice.http.get(f"/api/v1/media/{id}").status_code == 404


def test_the_instance_announces_what_works(alice: Person) -> None:
    for version in ("v1", "v2"):
        configuration = alice.get(f"/api/{version}/instance")["configuration"]
        assert configuration["statuses"]["max_media_attachments"] == 4
        assert configuration["media_attachments"]["description_limit"] == 1_500
        assert "image/webp" in configuration["media_attachments"]["supported_mime_types"]


@pytest.mark.parametrize(
    ("content", "field"),
    [
        (b"", "file"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "file"),
        (b"GIF89a but no more", "read"),
        (b"\xff\xd8\xff<script>alert(1)</script>", "read"),
    ],
)
def test_what_lies_about_its_type_is_refused_in_words(alice: Person, content: bytes, field: str) -> None:
    answer = send(alice, content)
    if answer.status_code == 202:
        id = answer.json()["id"]
        answer = eventually(lambda: alice.http.get(f"/api/v1/media/{id}"), lambda seen: seen.status_code != 206)
    assert answer.status_code == 422
    assert field in answer.json()["error"].lower()


def test_without_a_file_or_with_wrong_words_nothing_is_taken(alice: Person) -> None:
    assert alice.http.post("/api/v2/media", data={"description": "x"}).status_code == 422
    assert alice.http.post("/api/v2/media", json={"file": "x"}).status_code == 422
    assert send(alice, picture(), description="x" * 100_000).status_code == 422
    assert send(alice, picture(), focus="nan,1").status_code == 422
    for wrong in (["7"], ["x"], ["-1"], ["1"] * 5, ["9" * 40]):
        assert alice.http.post("/api/v1/statuses", json={"status": "x", "media_ids": wrong}).status_code == 422


@pytest.mark.parametrize(
    "path", ["..%2fmesange.sqlite3", "%2e%2e/mesange.sqlite3", "a" * 4096 + ".png", "x.webp", "%00"]
)
def test_c2_no_other_file_is_served(alice: Person, path: str) -> None:
    answer = alice.http.get(f"/media/{path}")
    assert answer.status_code in (400, 404)
    assert b"SQLite" not in answer.content


def test_c4_an_upload_too_large_is_refused_and_never_stands_in_memory(alice: Person) -> None:
    pid = alice.server.process.pid if alice.server.process else 0
    before = resident(pid)
    piece = os.urandom(1 << 20)

    def body(megabytes: int) -> Any:
        yield b'--xyz\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'
        for _ in range(megabytes):
            yield piece
        yield b"\r\n--xyz--\r\n"

    most = before
    for megabytes, wanted in ((90, 422), (1_000, 413)):
        kind = {"content-type": "multipart/form-data; boundary=xyz"}
        try:
            answer = alice.http.post("/api/v2/media", content=body(megabytes), headers=kind, timeout=PATIENCE)
            assert answer.status_code == wanted
        except (httpx.WriteError, httpx.ReadError, httpx.RemoteProtocolError):
            assert wanted == 413, "only what is far too large is cut off"
        most = max(most, resident(pid))
    assert most - before < 50_000
    left = list((alice.server.folder / "incoming").glob("upload-*"))
    assert not left


def resident(pid: int) -> int:
    """Kilobytes of memory that a process holds now."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0])
