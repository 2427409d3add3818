"""Nouns and decisions of searching."""

from mesange.core.search.model.documents import (
    NOTHING_ATTACHED,
    SHUT,
    Attached,
    Range,
    facts_of,
    known_to,
    stems_of,
    streams_of,
    text_of,
    written_by,
)
from mesange.core.search.model.matching import groups_of, is_open, may_answer, may_find
from mesange.core.search.model.names import beginning, names_of
from mesange.core.search.model.query import Clause, Operator, Query, parsed

__all__ = [
    "NOTHING_ATTACHED",
    "SHUT",
    "Attached",
    "Clause",
    "Operator",
    "Query",
    "Range",
    "beginning",
    "facts_of",
    "groups_of",
    "is_open",
    "known_to",
    "may_answer",
    "may_find",
    "names_of",
    "parsed",
    "stems_of",
    "streams_of",
    "text_of",
    "written_by",
]
