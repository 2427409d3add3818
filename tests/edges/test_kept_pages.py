"""A page that is ready for visitors is sent again, and never to who must see another one."""

from mesange.core.statuses.actions.publish import publish_status
from mesange.core.statuses.model import Draft
from mesange.front.kept import KeptPages
from mesange.kit.server import Server
from tests.edges.reader import Reader, create


def kept_by(server: Server) -> list[bytes]:
    return [kept.page.body for kept in server.of(KeptPages).ready.values()]


async def test_a_visitor_gets_the_page_that_is_ready_until_something_happens(server: Server, reader: Reader) -> None:
    _, _, alma = await create(server, "alma")
    first = await reader.open("/@alma")
    assert (await reader.open("/@alma")).content == first.content
    assert len(kept_by(server)) == 1
    await publish_status(server, alma, Draft("Fresh bread at seven"))
    assert "Fresh bread at seven" in (await reader.open("/@alma")).text


async def test_each_language_has_its_page(server: Server, reader: Reader) -> None:
    await reader.open("/about")
    french = await Reader(server, "fr").open("/about")
    assert '<html lang="fr"' in french.text
    assert '<html lang="en"' in (await reader.open("/about")).text


async def test_who_takes_no_compressed_bytes_gets_plain_ones(server: Server, reader: Reader) -> None:
    zipped = await reader.open("/about")
    plain = await reader.open("/about", **{"Accept-Encoding": "identity"})
    assert zipped.headers["content-encoding"] == "gzip" and "content-encoding" not in plain.headers
    assert plain.text == zipped.text


async def test_who_chose_colours_or_is_signed_in_gets_their_own_page(server: Server, alma: Reader) -> None:
    visitor = await Reader(server).open("/local")
    dark = await Reader(server).open("/local", cookie="theme=dark")
    assert 'data-theme="dark"' in dark.text and 'data-theme="dark"' not in visitor.text
    assert "/sign-out" in (await alma.open("/local")).text and "/sign-out" not in visitor.text
