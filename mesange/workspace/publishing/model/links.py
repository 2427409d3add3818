"""Links of our own: they lead on, and count how often each day; never who."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from mesange.kit.errors import Invalid
from mesange.kit.text import clean, entities

CODE = re.compile(r"[0-9A-Za-z]{6,12}")
MOST_URL = 2_000
MOST_WORD = 100
PLACE = re.compile(r"\{(\w*)\}")
PLACES = ("account", "campaign")
REST = ("path", "query", "fragment")
KEPT = "%/:=&?~#+!$,;'@()*[]"
# Those that say what they are: link previews, crawlers, monitors. What hides as a browser is counted as one.
BOT = re.compile(
    r"bot\b|bot/|crawl|spider|slurp|preview|fetch|scan|monitor|facebookexternalhit|embed|curl/|wget/|python|java/|go-http|"
    r"okhttp|axios|node-fetch|headless|lighthouse|mastodon|mesange|pleroma|misskey|lemmy|friendica",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class ShortLink:
    """`/l/CODE` leads to `url`, which a member of the organisation put in."""

    id: int
    code: str
    organization_id: int
    account_id: int
    user_id: int
    url: str
    campaign: str


@dataclass(frozen=True, slots=True)
class LinkTracking:
    """The account's links are led over ours, with these UTM values; each may hold `{account}` and `{campaign}`. An
    account without a row tracks nothing."""

    account_id: int
    organization_id: int
    source: str
    medium: str
    campaign: str


@dataclass(frozen=True, slots=True)
class DayOfClicks:
    """`day` counts from 1 January 1970, in UTC."""

    day: int
    people: int
    bots: int


def is_bot(user_agent: str) -> bool:
    """Whoever gives no name is none of the people."""
    return not user_agent or BOT.search(user_agent[:500]) is not None


def checked_url(url: str) -> str:
    """An address as a member put it in. Raises Invalid for what no browser should be led to."""
    url = clean(url.strip(), MOST_URL + 1)
    found = entities(url).links
    if len(url) > MOST_URL or len(found) != 1 or found[0].url != url or "@" in urlsplit(url).netloc:
        raise Invalid("This is no address of a page.", field="url")
    return url


def in_ascii(url: str) -> str:
    """As a header may hold it: the host in Punycode, the rest in percent signs."""
    parts = urlsplit(url)
    try:
        host = parts.netloc.encode("idna").decode()
    except UnicodeError:
        host = quote(parts.netloc, safe=KEPT)
    return urlunsplit(parts._replace(netloc=host, **{name: quote(getattr(parts, name), safe=KEPT) for name in REST}))


def checked_tracking(tracking: LinkTracking) -> LinkTracking:
    """Raises Invalid for a place that UTM values do not have."""
    for name in ("source", "medium", "campaign"):
        value = getattr(tracking, name)
        if len(value) > MOST_WORD or any(place not in PLACES for place in PLACE.findall(value)):
            raise Invalid("UTM values are short, and know the places {account} and {campaign}.", field=name)
    return tracking


def tagged(url: str, tracking: LinkTracking, account: str, campaign: str = "") -> str:
    """With the UTM values of the account; those that the address has already stay as they are."""
    values = {"account": account, "campaign": campaign}
    parts = urlsplit(url)
    given = {name for name, _ in parse_qsl(parts.query, keep_blank_values=True)}
    added = [
        (f"utm_{name}", filled)
        for name in ("source", "medium", "campaign")
        if f"utm_{name}" not in given
        and (filled := PLACE.sub(lambda place: values[place[1]], getattr(tracking, name)).strip())
    ]
    query = "&".join(filter(None, [parts.query, urlencode(added)]))
    return urlunsplit(parts._replace(query=query))
