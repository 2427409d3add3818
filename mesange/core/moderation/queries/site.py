"""The rules and texts of this place."""

from collections.abc import Sequence

from mesange.core.moderation.model import Rule, SiteText, SiteTextName
from mesange.core.moderation.model.default_texts import DEFAULT_TEXTS, NO_ADDRESS
from mesange.core.moderation.tables import rules, site_texts
from mesange.kit.db import Reader
from mesange.kit.server import Server


async def list_rules(db: Reader) -> list[Rule]:
    """Those that are in force, in their order."""
    rows = await db.rows(f"SELECT {rules.columns} FROM rules WHERE withdrawn_at IS NULL ORDER BY place, id")
    return [rules.load(row) for row in rows]


async def load_rules(db: Reader, ids: Sequence[int]) -> list[Rule]:
    """By id, withdrawn ones too."""
    if not ids:
        return []
    rows = await db.rows(f"SELECT {rules.columns} FROM rules WHERE id = ANY(?) ORDER BY place, id", list(ids))
    return [rules.load(row) for row in rows]


async def existing_rules(db: Reader, ids: Sequence[int], *, withdrawn_too: bool = False) -> list[int]:
    found = await load_rules(db, ids)
    return [rule.id for rule in found if withdrawn_too or rule.withdrawn_at is None]


async def read_site_text(server: Server, name: SiteTextName, language: str) -> SiteText:
    """As the staff wrote it, in this language or the other; else the program's own."""
    rows = await server.db.rows(
        f"SELECT {site_texts.columns} FROM site_texts WHERE name = ? ORDER BY CASE WHEN language = ? THEN 0 ELSE 1 END",
        name.value,
        language,
    )
    if rows:
        return site_texts.load(rows[0])
    settings = server.settings
    body = DEFAULT_TEXTS[language][name].format(
        title=settings.title, domain=settings.domain, email=settings.contact_email or NO_ADDRESS[language]
    )
    return SiteText(name, language, body)
