"""The HTML of a post, as Mastodon's clients expect it."""

from collections.abc import Callable, Iterable

import regex

from mesange.kit.text.entities import Entities
from mesange.kit.text.found import FoundHashtag, FoundLink, FoundMention

SHOWN_OF_LINK = 30

Decorate = Callable[[str], str]
HashtagUrl = Callable[[FoundHashtag], str]
MentionTarget = tuple[str, str]
MentionTargets = Callable[[FoundMention], MentionTarget | None]

_LINK_PREFIX = regex.compile(r"https?://(?:www\.)?", regex.IGNORECASE)
_PARAGRAPH_END = regex.compile(r"\n\n++")


def escape(text: str) -> str:
    """The five signs HTML gives a meaning to, as Mastodon writes them."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace('"', "&quot;").replace("'", "&#39;")


def to_html(
    text: str,
    entities: Entities,
    mention_target: MentionTargets,
    hashtag_url: HashtagUrl,
    decorate: Decorate = escape,
) -> str:
    """Paragraphs, line breaks and links; everything else escaped.

    `mention_target` gives (url, acct), or None for an account that is not known: it stays plain text. `decorate` makes
    HTML of what is no link: it escapes, and may put pictures in.
    """
    targets = {mention.start: mention_target(mention) for mention in entities.mentions}
    usernames = _ambiguous_usernames(target for target in targets.values() if target)
    pieces: list[str] = []
    position = 0
    for found in entities.in_order():
        pieces.append(decorate(text[position : found.start]))
        position = found.end
        if isinstance(found, FoundLink):
            pieces.append(_link(found.url))
        elif isinstance(found, FoundHashtag):
            pieces.append(_hashtag(hashtag_url(found), found.name))
        elif target := targets[found.start]:
            pieces.append(_mention(*target, ambiguous=usernames))
        else:
            pieces.append(escape(text[found.start : found.end]))
    return _paragraphs("".join(pieces) + decorate(text[position:]))


def _paragraphs(html: str) -> str:
    if "\n" not in html:
        return f"<p>{html}</p>" if html.strip() else ""
    blocks = (block.strip("\n") for block in _PARAGRAPH_END.split(html))
    return "".join(f"<p>{block.replace(chr(10), '<br />')}</p>" for block in blocks if block.strip())


def _link(url: str) -> str:
    prefix = _LINK_PREFIX.match(url)
    hidden, rest = (prefix[0], url[prefix.end() :]) if prefix else ("", url)
    # One sign more is not longer than an ellipsis.
    shown = rest if len(rest) <= SHOWN_OF_LINK + 1 else rest[:SHOWN_OF_LINK]
    kind = "ellipsis" if len(shown) < len(rest) else ""
    return (
        f'<a href="{escape(url)}" target="_blank" rel="nofollow noopener noreferrer" translate="no">'
        f'<span class="invisible">{escape(hidden)}</span><span class="{kind}">{escape(shown)}</span>'
        f'<span class="invisible">{escape(rest[len(shown) :])}</span></a>'
    )


def own_link(url: str) -> str:
    """A link of a profile, said to be the person's own; its text is the whole address, so that nothing of it hides."""
    return (
        f'<a href="{escape(url)}" target="_blank" rel="me nofollow noopener noreferrer" translate="no">'
        f"{escape(url)}</a>"
    )


def _hashtag(url: str, name: str) -> str:
    return f'<a href="{escape(url)}" class="mention hashtag" rel="tag">#<span>{escape(name)}</span></a>'


def _mention(url: str, acct: str, *, ambiguous: set[str]) -> str:
    username = acct.partition("@")[0]
    shown = acct if username.lower() in ambiguous else username
    return (
        f'<span class="h-card" translate="no"><a href="{escape(url)}" class="u-url mention">'
        f"@<span>{escape(shown)}</span></a></span>"
    )


def _ambiguous_usernames(targets: Iterable[MentionTarget]) -> set[str]:
    """Usernames that name two different accounts in this text: these are shown with their server."""
    accts = {acct.lower() for _, acct in targets}
    if len(accts) < 2:
        return set()
    usernames = [acct.partition("@")[0] for acct in accts]
    return {username for username in usernames if usernames.count(username) > 1}
