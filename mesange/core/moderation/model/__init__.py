"""Nouns and decisions of moderation: reports, strikes, who is kept away, the rules and texts of this place."""

from mesange.core.moderation.model.decisions import (
    MOST_APPEAL,
    MOST_STATEMENT,
    REMOVAL_AFTER,
    AlreadyAppealed,
    Decision,
    Ground,
    Measure,
    NotOverStaff,
    Strike,
    checked_decision,
    may_appeal,
)
from mesange.core.moderation.model.domains import DomainBlock, Severity, obfuscated
from mesange.core.moderation.model.keeping_out import Kept, SignUpBlock, checked_sign_up_block, keeps_out
from mesange.core.moderation.model.reports import (
    MOST_COMMENT,
    MOST_REPORTED,
    Category,
    Report,
    ReportDraft,
    checked_report,
    ids_in,
    ids_text,
)
from mesange.core.moderation.model.site import MOST_RULE, MOST_SITE_TEXT, Rule, SiteText, SiteTextName, checked_rule

__all__ = [
    "MOST_APPEAL",
    "MOST_COMMENT",
    "MOST_REPORTED",
    "MOST_RULE",
    "MOST_SITE_TEXT",
    "MOST_STATEMENT",
    "REMOVAL_AFTER",
    "AlreadyAppealed",
    "Category",
    "Decision",
    "DomainBlock",
    "Ground",
    "Kept",
    "Measure",
    "NotOverStaff",
    "Report",
    "ReportDraft",
    "Rule",
    "Severity",
    "SignUpBlock",
    "SiteText",
    "SiteTextName",
    "Strike",
    "checked_decision",
    "checked_report",
    "checked_rule",
    "checked_sign_up_block",
    "ids_in",
    "ids_text",
    "keeps_out",
    "may_appeal",
    "obfuscated",
]
