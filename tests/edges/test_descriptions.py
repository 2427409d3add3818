"""What pages tell of themselves to other sites."""

import json
from dataclasses import replace
from typing import Any
from urllib.parse import unquote

import pytest

from mesange.core.accounts.actions.accounts import ProfileChange, change_profile
from mesange.core.accounts.model import Viewer
from mesange.core.accounts.queries import get_account_by_acct
from mesange.core.follows.actions import FollowOptions, follow_account
from mesange.core.statuses.actions.marks import favourite_status
from mesange.core.statuses.actions.publish import publish_status
from mesange.core.statuses.model import Draft
from mesange.kit.server import Server
from tests.core.media.test_uploads import uploaded
from tests.edges.reader import ORIGIN, Reader, create


def told(reader: Reader) -> dict[str, str]:
    tags = reader.soup.find_all("meta", property=True) + reader.soup.find_all("meta", attrs={"name": True})
    return {str(tag.get("property") or tag.get("name")): str(tag["content"]) for tag in tags}


def alternates(reader: Reader) -> list[str]:
    return [str(link["href"]) for link in reader.soup.select('link[rel="alternate"]')]


async def test_a_profile_describes_itself(server: Server, reader: Reader) -> None:
    _user, _account, alma = await create(server, "alma")
    await change_profile(server, alma, ProfileChange(display_name="Alma", note="Je pédale.", is_indexable=True))
    await reader.open("/@alma")
    assert told(reader)["og:title"] == "Alma (@alma@127.0.0.1:8140)"
    assert told(reader)["og:description"] == "Je pédale."
    assert told(reader)["og:type"] == "profile"
    assert told(reader)["og:image"].startswith(f"{ORIGIN}/")
    assert "robots" not in told(reader)
    assert alternates(reader) == [f"{ORIGIN}/@alma.rss", f"{ORIGIN}/@alma.atom"]
    for address in alternates(reader):
        assert (await reader.open(address)).status_code == 200


async def test_who_does_not_want_to_be_found_is_not_indexed(server: Server, reader: Reader) -> None:
    _user, _account, alma = await create(server, "alma")
    await change_profile(server, alma, ProfileChange(is_indexable=False))
    status = await publish_status(server, alma, Draft("Une pensée"))
    for path in ("/@alma", f"/@alma/{status.id}"):
        await reader.open(path)
        assert told(reader)["robots"] == "noindex", path
        assert linked_data(reader) == []


@pytest.mark.parametrize("hostile", ["</script><script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "<!--"])
async def test_d6_a_post_describes_itself_without_letting_words_out(
    server: Server, reader: Reader, hostile: str
) -> None:
    _user, _account, alma = await create(server, "alma")
    status = await publish_status(server, alma, Draft(f"Bonjour {hostile}"))
    await reader.open(f"/@alma/{status.id}")
    [data] = reader.soup.select('script[type="application/ld+json"]')
    assert json.loads(str(data.string))["text"] == f"Bonjour {hostile}"
    assert told(reader)["og:description"] == f"Bonjour {hostile}"
    assert not [tag for tag in reader.soup.find_all(True) if any(name.startswith("on") for name in tag.attrs)]
    assert [str(link["href"]) for link in reader.soup.select('link[rel="canonical"]')] == [
        f"{ORIGIN}/@alma/{status.id}"
    ]
    in_json, in_xml = alternates(reader)
    assert (await reader.open(in_json)).json()["type"] == "rich"
    assert "<type>rich</type>" in (await reader.open(in_xml)).text


async def test_a_warned_post_describes_only_its_warning(server: Server, reader: Reader) -> None:
    _user, _account, alma = await create(server, "alma")
    status = await publish_status(server, alma, Draft("Elle meurt à la fin", spoiler_text="Fin du film"))
    page = await reader.open(f"/@alma/{status.id}")
    assert told(reader)["og:description"] == "Fin du film"
    assert page.text.count("Elle meurt") == 1


PLACES = "/ /about /rules /privacy /terms /contact /local /trends /directory /tags/vélo /search".split()
LISTS = ("/followers", "/following", "/{id}/history", "/{id}/reblogs", "/{id}/favourites")


def canonical(reader: Reader) -> list[str]:
    return [unquote(str(link["href"])) for link in reader.soup.select('link[rel="canonical"]')]


def linked_data(reader: Reader) -> list[dict[str, Any]]:
    return [json.loads(str(data.string)) for data in reader.soup.select('script[type="application/ld+json"]')]


async def test_each_page_that_anyone_may_read_has_one_address(server: Server, reader: Reader) -> None:
    _user, _account, alma = await create(server, "alma")
    status = await publish_status(server, alma, Draft("Une pensée"))
    for path in PLACES:
        await reader.open(f"{path}?max_id=99999999999999999&from=elsewhere")
        assert canonical(reader) == [ORIGIN + path], path
    for path in ("", f"/{status.id}", *(each.format(id=status.id) for each in LISTS)):
        await reader.open(f"/@ALMA{path}")
        assert canonical(reader) == [f"{ORIGIN}/@alma{path}"]
    await reader.open("/sign-in")
    assert canonical(reader) == []


async def test_who_follows_whom_is_for_no_search_engine(server: Server, reader: Reader) -> None:
    _user, _account, alma = await create(server, "alma")
    status = await publish_status(server, alma, Draft("Une pensée"))
    for path in ("/search", *(f"/@alma{each.format(id=status.id)}" for each in LISTS)):
        await reader.open(path)
        assert told(reader)["robots"] == "noindex", path


async def test_a_profile_and_a_post_are_told_in_words_of_schema_org(server: Server, reader: Reader) -> None:
    _user, _account, alma = await create(server, "alma")
    _user, _account, leo = await create(server, "leo")
    await follow_account(server, leo, alma.account_id, FollowOptions())
    media = await uploaded(server, alma)
    status = await publish_status(server, alma, Draft("Le port", media_ids=(media.id,)))
    await favourite_status(server, leo, status.id)
    await reader.open("/@alma")
    [page] = linked_data(reader)
    assert (page["@type"], page["mainEntity"]["alternateName"]) == ("ProfilePage", "@alma@127.0.0.1:8140")
    assert [each["userInteractionCount"] for each in page["mainEntity"]["interactionStatistic"]] == [1]
    await reader.open(f"/@alma/{status.id}")
    [post] = linked_data(reader)
    assert (post["@type"], post["author"]["url"]) == ("SocialMediaPosting", f"{ORIGIN}/@alma")
    assert post["image"] == f"{ORIGIN}/media/{media.file}"
    counted = {each["interactionType"]: each["userInteractionCount"] for each in post["interactionStatistic"]}
    assert counted["https://schema.org/LikeAction"] == 1


@pytest.mark.parametrize("visibility", ["unlisted", "private"])
async def test_what_is_not_for_everyone_is_not_told_to_machines(server: Server, alma: Reader, visibility: str) -> None:
    account = await get_account_by_acct(server, "alma")
    own = Viewer(account_id=account.id, user_id=account.user_id or 0)
    status = await publish_status(server, own, Draft("Entre nous", visibility=visibility))
    await alma.open(f"/@alma/{status.id}")
    assert told(alma)["robots"] == "noindex" and linked_data(alma) == []


async def test_whom_moderation_limited_is_not_offered_to_search_engines(server: Server, reader: Reader) -> None:
    _user, account, _alma = await create(server, "alma")
    async with server.db.transaction() as tx:
        await tx.execute("UPDATE accounts SET limited_at = 1 WHERE id = ?", account.id)
    for path in ("/@alma", "/@alma/media"):
        await reader.open(path)
        assert told(reader)["robots"] == "noindex" and linked_data(reader) == []


async def test_a_picture_is_shown_elsewhere_unless_it_hides_something(server: Server, reader: Reader) -> None:
    _user, _account, alma = await create(server, "alma")
    media = await uploaded(server, alma, words="Le port, à l’aube")
    described = await create_and_read(server, reader, alma, Draft("Le port", media_ids=(media.id,)))
    assert described["og:image"].endswith(f"/media/{media.file}")
    assert (described["og:image:alt"], described["twitter:card"]) == ("Le port, à l’aube", "summary_large_image")
    assert described["og:image:width"] == str(media.width)
    for draft in (Draft("Le port", is_sensitive=True), Draft("Le port", spoiler_text="Mer")):
        hiding = replace(draft, media_ids=((await uploaded(server, alma)).id,))
        described = await create_and_read(server, reader, alma, hiding)
        assert described["og:image"].endswith("/static/avatar.png")
        assert (described["og:image:alt"], described["twitter:card"]) == ("alma", "summary")


async def create_and_read(server: Server, reader: Reader, viewer: Viewer, draft: Draft) -> dict[str, str]:
    status = await publish_status(server, viewer, draft)
    await reader.open(f"/@alma/{status.id}")
    return told(reader)


async def test_a_hashtag_names_its_feeds(reader: Reader) -> None:
    await reader.open("/tags/été")
    assert alternates(reader) == [f"{ORIGIN}/tags/%C3%A9t%C3%A9.rss", f"{ORIGIN}/tags/%C3%A9t%C3%A9.atom"]


async def test_a_kept_page_is_not_sent_twice_to_who_has_it(server: Server, reader: Reader) -> None:
    await create(server, "alma")
    first = await reader.open("/@alma")
    again = await reader.open("/@alma", **{"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["content-security-policy"] == first.headers["content-security-policy"]


async def test_f6_what_is_kept_for_visitors_bears_no_tag_for_the_signed_in(server: Server, alma: Reader) -> None:
    first = await alma.open("/local")
    assert "etag" not in first.headers and first.headers["cache-control"] == "no-store"
