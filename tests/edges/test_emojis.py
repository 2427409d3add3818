"""Custom emoji on pages and in the API."""

import json

from mesange.core.accounts.actions.accounts import ProfileChange, change_profile
from mesange.core.emojis.actions import add_emoji, remove_emoji
from mesange.core.statuses.actions.publish import publish_status
from mesange.core.statuses.model import Draft
from mesange.edges.mastodon.entities.status import status_bytes
from mesange.kit.server import Server
from tests.core.emojis.test_emojis import picture
from tests.edges.reader import Reader, create


async def test_an_emoji_is_a_picture_on_pages_and_named_in_the_api(server: Server, reader: Reader) -> None:
    emoji = await add_emoji(server, "tit", picture())
    _user, _account, alma = await create(server, "alma")
    await change_profile(server, alma, ProfileChange(display_name="Alma :tit:", note="I like :tit: & <b>"))
    status = await publish_status(server, alma, Draft('A :tit: and "quotes" :nobody: http://a.example/:tit:/x'))
    await reader.open("/local")
    (image,) = reader.soup.select(".post-text img")
    (in_name,) = reader.soup.select(".name img.emoji")
    assert in_name["alt"] == ":tit:"
    assert (image["src"], image["alt"]) == (f"/media/{emoji.image}", ":tit:")
    assert 'and "quotes" :nobody:' in reader.text
    assert (await reader.http.get(str(image["src"]))).headers["content-type"] == "image/webp"
    entity = json.loads(await status_bytes(server, 0, status.id))
    assert [each["shortcode"] for each in entity["emojis"]] == ["tit"]
    assert "<img" not in entity["content"]
    assert [each["shortcode"] for each in entity["account"]["emojis"]] == ["tit"]
    (listed,) = (await reader.http.get("/api/v1/custom_emojis")).json()
    assert listed["url"].endswith(f"/media/{emoji.image}")
    await reader.open("/@alma")
    assert reader.soup.select(".profile-bio img.emoji")
    assert reader.soup.select("h2 img.emoji")
    assert "<title>Alma :tit:" in reader.page.text
    await remove_emoji(server, "tit")
    await reader.open("/local")
    assert not reader.soup.select(".post-text img")
    entity = json.loads(await status_bytes(server, 0, status.id))
    assert entity["emojis"] == entity["account"]["emojis"] == []
