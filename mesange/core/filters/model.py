"""Nouns and decisions about filters."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntFlag, StrEnum

from mesange.kit.errors import Invalid
from mesange.kit.text import clean_name
from mesange.kit.text.matching import Matcher, Wanted, folded

MOST_KEYWORD = 100
MOST_FILTERS = 200
MOST_KEYWORDS = 1_000
MOST_STATUSES = 1_000


class FilterContext(IntFlag):
    """Where a filter counts."""

    HOME = 1
    NOTIFICATIONS = 2
    PUBLIC = 4
    THREAD = 8
    ACCOUNT = 16

    @property
    def names(self) -> list[str]:
        return [name.lower() for name, context in FilterContext.__members__.items() if context in self]


class FilterAction(StrEnum):
    """Leave it out, show the title first, or hide its pictures alone."""

    HIDE = "hide"
    WARN = "warn"
    BLUR = "blur"


STRONGEST_FIRST = (FilterAction.HIDE, FilterAction.WARN, FilterAction.BLUR)


@dataclass(frozen=True, slots=True)
class Filter:
    """`expires_at` in milliseconds, None for ever. One that ran out stays, to be given new life."""

    id: int
    account_id: int
    title: str
    contexts: FilterContext
    action: FilterAction
    expires_at: int | None = None


@dataclass(frozen=True, slots=True)
class FilterKeyword:
    id: int
    filter_id: int
    keyword: str
    is_whole_word: bool


@dataclass(frozen=True, slots=True)
class FilterStatus:
    id: int
    filter_id: int
    status_id: int


@dataclass(frozen=True, slots=True)
class FullFilter:
    """A filter with everything in it."""

    filter: Filter
    keywords: Sequence[FilterKeyword] = ()
    statuses: Sequence[FilterStatus] = ()


@dataclass(frozen=True, slots=True)
class FilterMatch:
    """Why a filter speaks of a status."""

    filter: Filter
    keywords: tuple[str, ...] = ()
    status_ids: tuple[int, ...] = ()


class ActiveFilters:
    """A viewer's filters as one matcher; good until `until`, when the first of them runs out (None: for ever)."""

    def __init__(self, filters: Iterable[FullFilter], now: int) -> None:
        live = [each for each in filters if each.filter.expires_at is None or each.filter.expires_at > now]
        self._filters: Mapping[int, Filter] = {each.filter.id: each.filter for each in live}
        self._keywords = {keyword.id: keyword for each in live for keyword in each.keywords}
        self._by_status: dict[int, list[int]] = {}
        for each in live:
            for held in each.statuses:
                self._by_status.setdefault(held.status_id, []).append(each.filter.id)
        self._matcher = Matcher(Wanted(word.id, word.keyword, word.is_whole_word) for word in self._keywords.values())
        self.until = min((each.filter.expires_at for each in live if each.filter.expires_at), default=None)

    @property
    def is_empty(self) -> bool:
        return not self._keywords and not self._by_status

    @property
    def size(self) -> int:
        """About how many bytes it takes: forty for each sign of the automaton, as measured."""
        return 300 + 40 * self._matcher.signs + 500 * (len(self._keywords) + len(self._by_status))

    def hides_in(self, context: FilterContext) -> bool:
        """Whether anything at all is left out there."""
        return any(each.action is FilterAction.HIDE and context in each.contexts for each in self._filters.values())

    def matches(self, status_id: int, text: str, context: FilterContext | None = None) -> list[FilterMatch]:
        """What speaks of a status, in the order of the filters; of all contexts, or of one."""
        words: dict[int, list[str]] = {}
        for id in sorted(self._matcher.found_in(text)):
            words.setdefault(self._keywords[id].filter_id, []).append(self._keywords[id].keyword)
        named = self._by_status.get(status_id, ())
        return [
            FilterMatch(self._filters[id], tuple(words.get(id, ())), (status_id,) if id in named else ())
            for id in sorted({*words, *named})
            if context is None or context in self._filters[id].contexts
        ]


def strongest(matches: Sequence[FilterMatch]) -> FilterMatch | None:
    """The one that decides how a status is shown."""
    return min(matches, key=lambda match: STRONGEST_FIRST.index(match.filter.action), default=None)


def checked_contexts(names: Sequence[str]) -> FilterContext:
    """Raises Invalid for an unknown one, or none at all."""
    known = FilterContext.__members__
    contexts = FilterContext(0)
    for name in names:
        if name.upper() not in known:
            raise Invalid("A filter counts in home, notifications, public, thread or account.", field="context")
        contexts |= known[name.upper()]
    if not contexts:
        raise Invalid("Choose where the filter counts.", field="context")
    return contexts


def checked_action(action: str) -> FilterAction:
    try:
        return FilterAction(action)
    except ValueError:
        raise Invalid("A filter hides, warns or blurs.", field="filter_action") from None


def checked_keyword(keyword: str) -> str:
    """Raises Invalid."""
    if len(keyword) > MOST_KEYWORD or len(folded(keyword)) > 2 * MOST_KEYWORD:
        raise Invalid(f"A word to filter has at most {MOST_KEYWORD} signs.", field="keyword")
    keyword = clean_name(keyword)
    if not keyword:
        raise Invalid("Say which word to filter.", field="keyword")
    return keyword
