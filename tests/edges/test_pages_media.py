"""Pictures in the pages: attached without a script in two steps, described, shown, veiled, changed, deleted."""

import io

import httpx
import pytest
from bs4 import Tag
from msgspec.structs import replace
from PIL import Image

from mesange.core.media.actions.files import delete_doomed
from mesange.kit.server import Server
from tests.edges.reader import Reader, fields_of


def picture(colour: str = "blue", size: tuple[int, int] = (640, 480)) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", size, colour).save(file, "PNG")
    return file.getvalue()


async def send(reader: Reader, *files: bytes, action: str = "/compose", **typed: str) -> httpx.Response:
    """Send the composer on the page as a browser does: every field of it, and files."""
    form = next(form for form in reader.soup.find_all("form") if form.get("action") == action)
    fields: dict[str, str | list[str]] = {**fields_of(form)}
    listed = [str(each["value"]) for each in form.select("input[name=media]")]
    fields |= {"media": listed} if listed else {}
    parts = [("files", (f"{number}.png", body, "image/png")) for number, body in enumerate(files)]
    reader.page = await reader.http.post(
        action, data=fields | typed, files=parts or [("files", ("", b""))], headers={"Sec-Fetch-Site": "same-origin"}
    )
    return reader.page


def first(reader: Reader, selector: str) -> Tag:
    found = reader.soup.select(selector)
    assert found, f"no {selector}: {reader.text[:400]}"
    return found[0]


async def compose(reader: Reader, *files: bytes, alt: str = "A blue field", text: str = "look", **typed: str) -> str:
    """The id of a new post with files, described in the second step."""
    await reader.open("/compose")
    await send(reader, *files, text=text)
    assert "Your files are here" in reader.text
    assert first(reader, "textarea[name=text]").get_text() == text
    fields = {str(each["name"]): alt for each in reader.soup.select("[data-alt]")}
    await send(reader, **fields, **typed)
    assert "Your post is out." in reader.text, reader.text
    return str(first(reader, "article")["data-status"])


async def test_files_are_sent_described_and_posted_without_a_script(alma: Reader, reader: Reader) -> None:
    await compose(alma, picture(), picture("red"))
    await reader.open("/local")
    images = reader.soup.select(".media img")
    assert [image["alt"] for image in images] == ["A blue field"] * 2
    assert [(image["width"], image["height"], image["loading"]) for image in images] == [("640", "480", "lazy")] * 2
    assert reader.soup.select(".media-words p")[0].get_text() == "A blue field"
    link = first(reader, ".media a")
    answer = await reader.http.get(str(link["href"]))
    assert answer.headers["content-type"] == "image/png"
    assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox"


async def test_a_picture_alone_is_a_post(alma: Reader) -> None:
    await compose(alma, picture(), text="")
    assert not alma.soup.select("article .post-text")


async def test_a_sensitive_picture_and_one_behind_a_warning_wait_to_be_opened(alma: Reader, reader: Reader) -> None:
    await compose(alma, picture(), spoiler_text="spiders")
    await reader.open("/local")
    assert reader.soup.select("details.post-warning .media img")
    assert not reader.soup.select(".media-veil")


async def test_a_filter_that_blurs_hides_the_pictures_alone(alma: Reader, leo: Reader, reader: Reader) -> None:
    await compose(alma, picture(), text="a spider")
    await compose(alma, picture(), text="a bird")
    await alma.open("/compose")
    await alma.send("/compose", text="a spider without a picture")
    await leo.open("/settings/filters")
    await leo.send("/settings/filters", title="Araignées <b>", words="spider", action="blur", lasts="")
    for _ in range(2):  # Made, then kept.
        await leo.open("/local")
        assert [text.get_text() for text in leo.soup.select("article .post-text")] == [
            "a spider without a picture", "a bird", "a spider",
        ]  # fmt: skip
        assert not leo.soup.select(".post-filtered")
        veil = first(leo, "details.media-veil")
        assert "Araignées <b>" in first(leo, ".media-veil .media-show").get_text()
        assert veil.find_parent("article") == leo.soup.select("article")[2]
        assert len(leo.soup.select("details.media-veil")) == 1 and len(leo.soup.select(".media img")) == 2
        await reader.open("/local")
        assert not reader.soup.select(".media-veil")


async def test_a_blurred_picture_stays_veiled_behind_an_opened_warning(alma: Reader, leo: Reader) -> None:
    await compose(alma, picture(), text="a spider", spoiler_text="eight legs")
    await leo.open("/settings/filters")
    await leo.send("/settings/filters", title="Araignées", words="spider", action="blur", lasts="")
    await leo.open("/local")
    assert leo.soup.select("details.post-warning details.media-veil .media img")


async def test_a_file_is_taken_away_before_posting(alma: Reader) -> None:
    await alma.open("/compose")
    await send(alma, picture(), picture("red"), text="look")
    gone, kept = (str(each["data-attached"]) for each in alma.soup.select("[data-attached]"))
    await send(alma, do=f"take-{gone}")
    assert [each["data-attached"] for each in alma.soup.select("[data-attached]")] == [kept]


@pytest.mark.parametrize("count", [5])
async def test_five_files_are_too_many_and_the_words_stay(leo: Reader, count: int) -> None:
    await leo.open("/compose")
    await send(leo, *[picture()] * count, text="regarde")
    assert leo.page.status_code == 422
    assert "Un message porte quatre fichiers au plus." in leo.text
    assert first(leo, "textarea[name=text]").get_text() == "regarde"


@pytest.mark.parametrize("content", [b"<svg/>", picture()[:80]])
async def test_what_is_no_picture_is_refused_in_words(leo: Reader, content: bytes) -> None:
    await leo.open("/compose")
    await send(leo, content, text="regarde")
    assert leo.page.status_code == 422
    assert leo.soup.select(".field-problem#text-problem, .composer-problem .field-problem")
    assert "Your" not in leo.text


async def test_an_edit_changes_the_words_and_takes_files_away_and_the_history_shows_both(alma: Reader) -> None:
    status = await compose(alma, picture(), picture("red"))
    edit = f"/statuses/{status}/edit"
    await alma.open(edit)
    one, two = (str(each["data-attached"]) for each in alma.soup.select("[data-attached]"))
    await send(alma, action=edit, **{f"alt-{one}": "Sky", f"focus-{one}": "0.80,0.00"})
    assert "was changed" in alma.text
    assert [image["alt"] for image in alma.soup.select(".post-alone .media img")] == ["Sky", "A blue field"]
    await alma.open(edit)
    await send(alma, action=edit, do=f"take-{two}")
    await send(alma, action=edit)
    assert [image["alt"] for image in alma.soup.select(".post-alone .media img")] == ["Sky"]
    await alma.open(f"{alma.page.url.path}/history")
    versions = [[image["alt"] for image in each.select("img")] for each in alma.soup.select(".history > li")]
    assert versions == [["Sky"], ["Sky", "A blue field"], ["A blue field", "A blue field"]]


async def test_writing_a_post_again_keeps_its_files_and_deleting_it_deletes_them(alma: Reader) -> None:
    status = await compose(alma, picture())
    await alma.open(f"/statuses/{status}/delete")
    token = {"csrf": str(first(alma, "[name=csrf]")["value"])}
    alma.page = await alma.http.post(f"/statuses/{status}/redraft", data=token)
    assert alma.soup.select("[data-attached]")
    await send(alma)
    status = str(first(alma, "article")["data-status"])
    address = str(first(alma, ".media a")["href"])
    await alma.open(f"/statuses/{status}/delete")
    await alma.send(f"/statuses/{status}/delete")
    await delete_doomed(alma.server)
    assert (await alma.http.get(address)).status_code == 404


async def test_the_script_sends_a_file_ahead_and_gets_its_fields(alma: Reader, leo: Reader) -> None:
    await alma.open("/compose")
    token = {"csrf": str(first(alma, "[name=csrf]")["value"]), "suffix": "_2"}
    answer = await alma.http.post("/compose/files", data=token, files={"files": ("a.png", picture(), "image/png")})
    assert answer.status_code == 200
    assert 'name="media_2"' in answer.text
    refused = await alma.http.post("/compose/files", data=token, files={"files": ("a.svg", b"<svg/>", "image/png")})
    assert (refused.status_code, "not supported" in refused.text) == (422, True)
    odd = await alma.http.post(
        "/compose/files", data=token | {"suffix": '"><b>'}, files={"files": ("a.png", picture(), "image/png")}
    )
    assert "<b>" not in odd.text
    stranger = await leo.http.post("/compose/files", data=token, files={"files": ("a.png", picture(), "image/png")})
    assert stranger.status_code == 403


async def test_nobody_attaches_the_file_of_another(alma: Reader, leo: Reader) -> None:
    await alma.open("/compose")
    await send(alma, picture(), text="mine")
    theirs = str(first(alma, "[data-attached]")["data-attached"])
    await leo.open("/compose")
    await send(leo, text="yours", media=theirs)
    assert not leo.soup.select("article .media")


async def test_without_room_for_files_what_was_typed_stays_and_words_alone_are_posted(
    server: Server, alma: Reader, leo: Reader
) -> None:
    server.settings = replace(server.settings, media_free_space=1 << 60)
    said = {"en": "What carries none still works.", "fr": "Ce qui n’en porte pas passe toujours."}
    for each in (alma, leo):
        await each.open("/compose")
        await send(each, picture(), text="dear words")
        assert said[each.language] in each.text
        assert first(each, "textarea[name=text]").get_text() == "dear words"
        await send(each)
        assert each.page.url.path == "/" and "dear words" in each.text
        await each.open("/settings/profile")
        form = fields_of(next(form for form in each.soup.find_all("form") if form.get("action") == "/settings/profile"))
        files = {"avatar": ("me.png", picture(), "image/png"), "header": ("", b"")}
        same_site = {"Sec-Fetch-Site": "same-origin"}
        each.page = await each.http.post(
            "/settings/profile",
            data={name: form[name] for name in form.keys() - files.keys()} | {"note": "Typed with care"},
            files=files,
            headers=same_site,
        )
        assert each.page.status_code == 503
        assert said[each.language] in each.text and "Typed with care" in each.page.text


async def test_a_file_of_no_bytes_is_refused_in_words_and_no_file_at_all_is_none(leo: Reader) -> None:
    await leo.open("/compose")
    await send(leo, b"", text="words")
    assert leo.page.status_code == 422 and "Ce type de fichier n’est pas pris en charge ici." in leo.text
    await send(leo)
    assert leo.page.url.path == "/" and "words" in leo.text


async def test_a_poll_is_given_no_file_when_it_is_changed(leo: Reader) -> None:
    await leo.open("/compose")
    await send(leo, text="Laquelle ?", option_1="Bleu", option_2="Jaune")
    status = str(first(leo, "article")["data-status"])
    edit = f"/statuses/{status}/edit"
    await leo.open(edit)
    await send(leo, picture(), action=edit, text="Laquelle donc ?")
    await send(leo, action=edit)
    assert leo.page.status_code == 422
    assert "un sondage" in leo.text and first(leo, "textarea[name=text]").get_text() == "Laquelle donc ?"
    assert leo.soup.select("input[name=media]"), "the file is still there, to be taken away"
    take = str(first(leo, "button[value^=take-]")["value"])
    await send(leo, action=edit, do=take)
    await send(leo, action=edit)
    assert "Laquelle donc ?" in leo.text and leo.page.url.path != edit
