"""Writing the rules and the texts of this place."""

from dataclasses import replace

from mesange.core.accounts.model import Viewer
from mesange.core.moderation.actions.log import note_act
from mesange.core.moderation.model import MOST_SITE_TEXT, Rule, SiteText, SiteTextName, checked_rule
from mesange.core.moderation.tables import rules, site_texts
from mesange.events.moderation import RulesChanged, SiteTextChanged
from mesange.kit.errors import Invalid, NotFound
from mesange.kit.server import Server
from mesange.kit.text import clean

MOST_RULES = 50


async def write_rule(server: Server, viewer: Viewer, rule_id: int, texts: tuple[str, str, str, str]) -> Rule:
    """A new rule (id 0) or another wording of one; `texts` are rule and explanation, English and French by turns.

    Raises Invalid, NotFound.
    """
    text_en, text_fr, hint_en, hint_fr = checked_rule(*texts)
    async with server.db.transaction() as tx:
        if rule_id:
            row = await tx.row(f"SELECT {rules.columns} FROM rules WHERE id = ? AND withdrawn_at IS NULL", rule_id)
            if row is None:
                raise NotFound()
            before = rules.load(row)
            rule = replace(before, text_en=text_en, text_fr=text_fr, hint_en=hint_en, hint_fr=hint_fr)
            await tx.update(rules, rule)
        else:
            held = await tx.value("SELECT count(*) FROM rules WHERE withdrawn_at IS NULL")
            if held >= MOST_RULES:
                raise Invalid(f"There are at most {MOST_RULES} rules.", field="text_en")
            rule, before = Rule(server.ids.next(), held + 1, text_en, text_fr, hint_en, hint_fr), None
            await tx.insert(rules, rule)
        was = {"text_en": before.text_en, "text_fr": before.text_fr} if before else {}
        await note_act(server, tx, viewer, "rule written", f"rule:{rule.id}", was, text_en=text_en, text_fr=text_fr)
        tx.emit(RulesChanged(rule_id=rule.id))
    return rule


async def withdraw_rule(server: Server, viewer: Viewer, rule_id: int) -> None:
    """It is shown no more; earlier decisions still say what it was. Raises NotFound."""
    async with server.db.transaction() as tx:
        now = server.clock.now()
        sql = "UPDATE rules SET withdrawn_at = ? WHERE id = ? AND withdrawn_at IS NULL"
        if not await tx.execute(sql, now, rule_id):
            raise NotFound()
        await note_act(server, tx, viewer, "rule withdrawn", f"rule:{rule_id}")
        tx.emit(RulesChanged(rule_id=rule_id))


async def write_site_text(server: Server, viewer: Viewer, name: str, language: str, body: str) -> None:
    """An empty text brings the program's own back. Raises Invalid."""
    if name not in list(SiteTextName) or language not in ("fr", "en"):
        raise Invalid("This text does not exist.", field="name")
    body = clean(body, MOST_SITE_TEXT + 1)
    if len(body) > MOST_SITE_TEXT:
        raise Invalid(f"A text has at most {MOST_SITE_TEXT} signs.", field="body", code="ERR_TOO_LONG")
    async with server.db.transaction() as tx:
        await tx.execute("DELETE FROM site_texts WHERE name = ? AND language = ?", name, language)
        if body.strip():
            await tx.insert(site_texts, SiteText(SiteTextName(name), language, body, server.clock.now()))
        await note_act(server, tx, viewer, "text written", f"text:{name}:{language}", signs=len(body))
        tx.emit(SiteTextChanged(name=name))
