"""Pages of lists, followed hashtags and filters, by forms that need no script."""

import pytest

from mesange.core.accounts.queries import get_account_by_acct
from mesange.edges.pages.channels import home_channel
from mesange.kit.live import Message
from mesange.kit.server import Server
from tests.edges.reader import Reader, digest
from tests.edges.test_pages_writing import write


async def make_list(reader: Reader, title: str, **more: str) -> str:
    """The address of a new list."""
    await reader.open("/lists")
    await reader.send("/lists", title=title, **more)
    return reader.page.url.path.removesuffix("/edit")


def shown(reader: Reader) -> list[str]:
    return [article.get_text(" ", strip=True) for article in reader.soup.select("article .post-text")]


async def test_a_list_is_made_filled_read_and_deleted(alma: Reader, leo: Reader) -> None:
    await write(leo, "Bonjour du port")
    await write(leo, "Avis de #brume")
    url = await make_list(alma, "Marins", is_public="1")
    await alma.send(f"{url}/members", person="@leo")
    assert "leo" in alma.text
    await alma.send(f"{url}/tags", hashtag="#Brume")
    assert "#Brume" in alma.text
    await alma.open(url)
    assert len(shown(alma)) == 2
    await alma.open(f"{url}/edit")
    await alma.send(url, title="Matelots", replies="none")
    await alma.open("/lists")
    assert "Matelots" in alma.text
    await alma.open(f"{url}/delete")
    assert "Matelots" in alma.text
    await alma.send(f"{url}/delete")
    assert "No list yet" in alma.text


async def test_a_refused_form_of_a_list_keeps_what_was_typed(alma: Reader, leo: Reader) -> None:
    url = await make_list(alma, "Mine")
    for form, field, typed, sentence in (
        (url, "title", " \u200b", "Give it a title."),
        (f"{url}/members", "person", "@nobody", "Nobody here has this handle"),
        (f"{url}/members", "person", "@leo", "must be followed"),
        (f"{url}/tags", "hashtag", "two words", "one word of letters"),
    ):
        await alma.open(f"{url}/edit")
        await alma.send(form, **{field: typed}, is_public="1")
        marked = alma.soup.select("[aria-invalid]")
        assert [each["id"] for each in marked] == [field]
        assert marked[0]["value"] == typed
        assert sentence in alma.text
    await alma.open("/lists")
    await alma.send("/lists", title="x" * 101, is_public="1")
    assert alma.page.status_code == 422
    assert [each["value"] for each in alma.soup.select("[aria-invalid]")] == ["x" * 101]
    assert alma.soup.select("#is_public[checked]")


async def test_live_posts_of_a_list_are_those_its_reader_finds_there(alma: Reader, leo: Reader) -> None:
    public, private = await make_list(alma, "Open", is_public="1"), await make_list(alma, "Mine")
    await alma.open(f"{public}/edit")
    await alma.send(f"{public}/members", person="@leo")
    await alma.open(public)
    stream = alma.soup.select("[data-stream]")[0]
    await write(leo, "Bonjour du port")
    page = await alma.open(f"/live/list/cards?of={public.rpartition('/')[2]}&after={stream['data-newest']}")
    assert "Bonjour du port" in page.text
    assert (await leo.open(f"/live/list/cards?of={private.rpartition('/')[2]}&after=0")).status_code == 404


async def test_f4_a_public_list_has_a_page_and_a_private_one_none(alma: Reader, leo: Reader, reader: Reader) -> None:
    public, private = await make_list(alma, "Open", is_public="1"), await make_list(alma, "Mine")
    for visitor in (leo, reader):
        assert (await visitor.open(f"/@alma{public}")).status_code == 200
        assert (await visitor.open(f"/@alma{private}")).status_code == 404
        assert (await visitor.open(f"/@leo{public}")).status_code == 404
    for path in (private, f"{private}/edit", f"{public}/edit"):
        assert (await leo.open(path)).status_code == 404
    await leo.open(public)
    await leo.press(f"{public}/follow")
    await leo.open("/lists")
    assert "Open" in leo.text


async def test_somebody_is_put_on_lists_from_their_profile(alma: Reader, leo: Reader) -> None:
    url = await make_list(alma, "Open", is_public="1")
    await alma.open("/@leo")
    choose = next(link["href"] for link in alma.soup.select(".menu-sheet a") if "list" in link.get_text())
    await alma.open(str(choose))
    await alma.send(str(choose), list=url.rpartition("/")[2])
    await alma.open(f"{url}/edit")
    assert "@leo" in alma.text
    await alma.open(str(choose))
    form = {"csrf": str(alma.soup.select("[name=csrf]")[0]["value"])}
    await alma.http.post(str(choose), data=form)
    await alma.open(f"{url}/edit")
    assert "@leo" not in alma.text


async def test_a_hashtag_is_followed_from_its_page(alma: Reader, leo: Reader) -> None:
    await write(leo, "Avis de #brume")
    await alma.open("/tags/brume")
    await alma.send("/tags/brume/follow")
    assert "Following" in alma.text
    await alma.open("/")
    assert len(shown(alma)) == 1
    await alma.open("/settings/tags")
    await alma.send("/tags/brume/unfollow")
    assert "No hashtag yet" in alma.text


async def test_a_refused_filter_keeps_what_was_typed(alma: Reader) -> None:
    await alma.open("/settings/filters")
    await alma.send("/settings/filters", title="Eaux", words="x" * 101, action="blur", in_thread="1")
    assert alma.page.status_code == 422
    assert [each["id"] for each in alma.soup.select("[aria-invalid]")] == ["words"]
    assert alma.soup.select("#in_thread[checked]") and alma.soup.select("#action [value=blur][selected]")
    await alma.send("/settings/filters", words="marée")
    edit = str(next(link["href"] for link in alma.soup.select(".panel a")))
    await alma.open(edit)
    await alma.send(edit, title=" ")
    assert [each["id"] for each in alma.soup.select("[aria-invalid]")] == ["title"]
    assert alma.soup.select("#in_thread[checked]") and "marée" in alma.text


@pytest.mark.parametrize("action", ["hide", "warn"])
async def test_a_filter_hides_or_warns_in_its_places(alma: Reader, leo: Reader, action: str) -> None:
    await write(leo, "La marée monte #mer")
    await alma.open("/settings/filters")
    await alma.send("/settings/filters", title="Eaux", words="marée\nvague", action=action, lasts="3600")
    assert "marée, vague" in alma.text
    await alma.open("/local")
    assert ("Filtered: Eaux" in alma.text, len(shown(alma))) == (action == "warn", int(action == "warn"))
    await alma.open("/@leo")
    assert "Filtered" not in alma.text
    assert len(shown(alma)) == 1
    await alma.open("/settings/filters")
    edit = str(next(link["href"] for link in alma.soup.select(".panel a")))
    await alma.open(edit)
    await alma.send(edit, words="vague", lasts="keep")
    assert "marée" not in alma.text
    await alma.open("/local")
    assert len(shown(alma)) == 1
    await alma.open("/settings/filters")
    await alma.send(f"{edit}/delete")
    assert "vague" not in alma.text


async def test_a_page_is_full_whatever_is_hidden_and_leads_on(alma: Reader, leo: Reader) -> None:
    await write(leo, "Le phare est allumé")
    for number in range(21):
        await write(leo, f"La marée monte {number}")
    await alma.open("/settings/filters")
    await alma.send("/settings/filters", title="Eaux", words="marée", action="hide", lasts="")
    await alma.open("/local")
    assert shown(alma) == ["Le phare est allumé"]
    assert not alma.soup.select('a[rel="next"]')


@pytest.mark.slow
async def test_where_everything_is_hidden_one_reads_on(
    alma: Reader, leo: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mesange.core.filters.queries.filling.MOST_FURTHER", 0)
    await write(leo, "Le phare est allumé")
    for number in range(20):
        await write(leo, f"La marée monte {number}")
    await alma.open("/settings/filters")
    await alma.send("/settings/filters", title="Eaux", words="marée", action="hide", lasts="")
    await alma.open("/local")
    assert "Your filters hide what stands here" in alma.text and "Nobody has spoken" not in alma.text
    await alma.open(str(alma.soup.select('a[rel="next"]')[0]["href"]))
    assert shown(alma) == ["Le phare est allumé"]


async def test_a_hidden_mention_is_not_among_notifications(server: Server, alma: Reader, leo: Reader) -> None:
    await alma.open("/settings/filters")
    await alma.send("/settings/filters", title="Eaux", words="marée", action="hide", in_notifications="1", lasts="")
    await write(leo, "@alma la marée monte")
    await digest(server)
    await alma.open("/notifications")
    assert "Your filters hide what stands here" in alma.text and "All quiet" not in alma.text
    await write(leo, "@alma le phare est allumé")
    await digest(server)
    await alma.open("/notifications")
    assert "phare" in alma.text and "marée" not in alma.text


class Heard:
    """What a page that is open is told."""

    def __init__(self) -> None:
        self.events: list[str] = []

    def push(self, channel: str, message: Message) -> None:
        self.events.append(f"{message.event} {message.payload.decode()}")

    def close(self) -> None: ...


async def test_an_open_home_is_not_told_of_what_is_hidden(server: Server, alma: Reader, leo: Reader) -> None:
    await alma.open("/@leo")
    await alma.press(alma.soup.select("button[formaction$='/follow']")[0]["formaction"])
    account = await get_account_by_acct(server, "alma")
    server.live.join(home_channel(account.id), heard := Heard())
    await alma.open("/settings/filters")
    await alma.send("/settings/filters", title="Eaux", words="marée", action="hide", lasts="")
    await write(leo, "La marée monte")
    shown = await write(leo, "Le phare est allumé")
    assert [event for event in heard.events if event.startswith("post")] == [f'post {{"cursor":"{shown}"}}']
