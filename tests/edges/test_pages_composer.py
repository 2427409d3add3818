"""The composer: parts are added, removed and sent without any script."""

from tests.edges.reader import Reader


async def press(reader: Reader, do: str, **typed: str) -> None:
    """Press one of the composer's other buttons."""
    await reader.send("/compose", do=do, **typed)


def texts(reader: Reader) -> list[str]:
    return [each.get_text() for each in reader.soup.select(".composer-text")]


async def test_a_thread_is_written_part_by_part(alma: Reader) -> None:
    await alma.open("/compose")
    await press(alma, "add", text="Un", visibility="unlisted")
    await press(alma, "add", text_2="Deux", spoiler_text_2="Doucement")
    assert texts(alma) == ["Un", "Deux", ""]
    assert alma.soup.select("[name=spoiler_text_2]")[0]["value"] == "Doucement"
    await alma.send("/compose", text_3="Trois")
    assert "Your post is out." in alma.text
    await alma.open(str(alma.soup.select("article a[rel=bookmark]")[2]["href"]))
    said = [each.get_text(strip=True) for each in alma.soup.select(".thread .post-text")]
    assert said == ["Un", "Deux", "Trois"]
    assert "Quiet public" in alma.text


async def test_a_part_is_removed_and_the_others_stay(alma: Reader) -> None:
    await alma.open("/compose")
    for number in (1, 2):
        await press(alma, "add", text="Un", **({"text_2": "Deux"} if number == 2 else {}))
    await press(alma, "remove-2", text_3="Trois")
    assert texts(alma) == ["Un", "Trois"]


async def test_empty_parts_are_left_out(alma: Reader) -> None:
    await alma.open("/compose")
    await press(alma, "add", text="Un")
    await press(alma, "add")
    await alma.send("/compose", text_3="Trois")
    await alma.open("/@alma")
    assert len(alma.soup.select("article")) == 2


async def test_the_wrong_part_is_shown_and_every_word_kept(leo: Reader) -> None:
    await leo.open("/compose")
    await press(leo, "add", text="Un")
    await leo.send("/compose", text_2="x" * 141)
    assert leo.page.status_code == 422
    assert texts(leo) == ["Un", "x" * 141]
    wrong = [each["name"] for each in leo.soup.select("[aria-invalid=true]")]
    assert wrong == ["text_2"]
    assert "C’est trop long. Retirez quelques signes." in leo.text
    await leo.open("/@leo")
    assert not leo.soup.select("article")


async def test_no_form_makes_more_parts_than_a_thread_may_have(alma: Reader) -> None:
    for count in ("26", "999", "-1", "x", "²"):
        await alma.open("/compose")
        await press(alma, "add", parts=count)
        assert 1 <= len(texts(alma)) <= 25, count
