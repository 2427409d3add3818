"""The form with which a measure is taken: the same beside a report and beside an account."""

from typing import Any

from mesange.core.moderation.queries import list_rules
from mesange.edges.pages.moderation_settings import GROUNDS, MEASURES
from mesange.front.visit import Visit


async def decision_choices(visit: Visit) -> dict[str, Any]:
    rules = await list_rules(visit.server.db)
    return {
        "measures": [(measure.value, visit.gettext(label)) for measure, label in MEASURES.items()],
        "grounds": [(ground, visit.gettext(label)) for ground, label in GROUNDS.items()],
        "rules": [(str(rule.id), rule.text_in(visit.language)) for rule in rules],
    }
