"""Films and sounds for posts: alone in a post, with a poster, and not at all where the server takes none."""

import msgspec
import pytest

from mesange.core.accounts.model import Viewer
from mesange.core.media.actions.uploads import upload_media
from mesange.core.media.model import MediaKind, MediaState, MediaWords
from mesange.kit.errors import Invalid
from mesange.kit.server import Server
from tests.core.media.test_uploads import encoded, sent, stored_names, uploaded, with_media
from tests.kit.recordings import SECRET, recording


@pytest.mark.parametrize(
    ("kind", "wanted"), [("mp4", MediaKind.VIDEO), ("m4a", MediaKind.AUDIO), ("mp3", MediaKind.AUDIO)]
)
async def test_a_film_or_sound_becomes_ready(server: Server, ada: Viewer, kind: str, wanted: MediaKind) -> None:
    media = await uploaded(server, ada, recording(kind))
    assert (media.state, media.kind, bool(media.preview)) == (MediaState.READY, wanted, wanted is MediaKind.VIDEO)
    assert media.duration > 400
    kept = (server.settings.data / "media" / media.file).read_bytes()
    assert SECRET.encode() not in kept
    assert await stored_names(server) == set(media.names)


async def test_a_film_stands_alone_in_its_post(server: Server, ada: Viewer) -> None:
    film, picture = await uploaded(server, ada, recording("mp4")), await uploaded(server, ada, encoded())
    with pytest.raises(Invalid, match="other media"):
        await with_media(server, ada, film, picture)
    await with_media(server, ada, film)


async def test_c7_films_can_be_switched_off(server: Server, ada: Viewer) -> None:
    server.settings = msgspec.structs.replace(server.settings, videos="off")
    with pytest.raises(Invalid, match="not supported"):
        await upload_media(server, ada, sent(server, recording("mp4")), MediaWords())


async def test_a_film_cut_short_fails_in_words(server: Server, ada: Viewer) -> None:
    media = await uploaded(server, ada, recording("mp4")[:500])
    assert media.state is MediaState.FAILED
    assert media.failure
    assert await stored_names(server) == set()
