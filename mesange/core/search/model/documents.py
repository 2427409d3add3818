"""What a post is found by: its words, in the stems of its language, and facts about it."""

from collections.abc import Sequence
from dataclasses import dataclass

from mesange.core.statuses.model import Holds, Status, hashtags_in
from mesange.kit.text import Entities, entities, plain
from mesange.kit.text.words import LANGUAGES, distinct, stemmed, words_of

MOST_WORDS = 3_000
SHUT = "is:shut"
"""The post is only found by those who know it: each has a `known_to` fact, or did something with it."""

KINDS = {"image": "image", "video": "video", "gifv": "video", "audio": "audio"}
HELD = {Holds.MEDIA: "media", Holds.POLL: "poll", Holds.CARD: "card", Holds.QUOTE: "quote"}


def known_to(account_id: int) -> str:
    return f"for:{account_id}"


def written_by(account_id: int) -> str:
    return f"by:{account_id}"


def has(thing: str) -> str:
    return f"has:{thing}"


def primary(language: str) -> str:
    """`fr` of `fr-CA`."""
    return language.lower().partition("-")[0]


def streams_of(text: str, language: str) -> list[tuple[str, ...]]:
    """The text's words in the stems of its language; in those of every language when it is not known."""
    words = words_of(text)[:MOST_WORDS]
    if language:
        return [tuple(stemmed(words, primary(language)))]
    return distinct(tuple(stemmed(words, each)) for each in LANGUAGES)


@dataclass(frozen=True, slots=True)
class Attached:
    """What stands under a post: the kinds of its media, their descriptions and the answers of its poll."""

    kinds: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()


NOTHING_ATTACHED = Attached()


def text_of(status: Status, attached: Attached = NOTHING_ATTACHED) -> str:
    """All that is to be read in a post."""
    text = plain(status.content) if status.content is not None else status.text
    return "\n".join((status.spoiler_text, text, *attached.texts))


def stems_of(status: Status) -> frozenset[str] | None:
    """Every way in which its words are found; None when something that hangs on it has words too."""
    if status.holds & (Holds.MEDIA | Holds.POLL):
        return None
    return frozenset(stem for stream in streams_of(text_of(status), status.language) for stem in stream)


def facts_of(
    status: Status,
    *,
    is_open: bool,
    mentioned: Sequence[int],
    domain: str,
    attached: Attached = NOTHING_ATTACHED,
) -> list[str]:
    """`is_open`: anyone may find it; else its author and those it mentions do. `domain` is ours."""
    found = entities(status.text)
    facts = [written_by(status.account_id)]
    if not is_open:
        facts += [SHUT, *(known_to(id) for id in dict.fromkeys([status.account_id, *mentioned]))]
    if (language := primary(status.language)).isalpha():
        facts.append(f"in:{language}")
    if status.in_reply_to_id:
        facts.append("is:reply")
    if status.is_sensitive:
        facts.append("is:sensitive")
    if status.holds:
        facts += [has(name) for held, name in HELD.items() if status.holds & held]
    facts += [has(KINDS[kind]) for kind in dict.fromkeys(attached.kinds) if kind in KINDS]
    return facts + _named(found, domain)


def _named(found: Entities, domain: str) -> list[str]:
    facts = [has("link")] if found.links else []
    facts += [f"#{name}" for name in hashtags_in(found)]
    return facts + list(dict.fromkeys(mentioning(mention.acct, domain) for mention in found.mentions))


def mentioning(acct: str, domain: str) -> str:
    """`@name` and `@name@here` are one."""
    return f"@{acct.lower().removesuffix(f'@{domain.lower()}')}"


@dataclass(frozen=True, slots=True)
class Range:
    """Posts of an account that are still to be indexed: those whose ids lie from `low` to `high`."""

    id: int
    account_id: int
    low: int
    high: int
