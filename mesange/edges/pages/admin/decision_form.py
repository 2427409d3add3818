"""The form with which a measure is taken: the same beside a report, beside an account and about several."""

from collections.abc import Sequence
from dataclasses import dataclass

from mesange.core.moderation.actions.decisions import preview_decision
from mesange.core.moderation.actions.letters import Statement
from mesange.core.moderation.model import Decision, Measure
from mesange.core.moderation.queries import list_rules
from mesange.edges.pages.moderation_settings import GROUNDS, MEASURES
from mesange.front.visit import Visit
from mesange.kit.web.frame import Form

FIELDS = ("measure", "ground", "text")
BLANK = {"measure": Measure.WARN.value, "ground": "rule"}
ABOUT_ACCOUNTS = (Measure.WARN, Measure.LIMIT, Measure.FREEZE, Measure.SUSPEND)


@dataclass(frozen=True, slots=True)
class Preview:
    """What would be read: a letter in each language; none when nobody here gets one. `handle`: whose letter it is."""

    letters: Sequence[Statement]
    handle: str = ""
    is_pseudonym: bool = False


@dataclass(frozen=True, slots=True)
class DecisionForm:
    """`form` holds what was typed; measures and grounds are pairs of word and label, rules (id, text, is ticked)."""

    form: Form
    measures: Sequence[tuple[str, str]]
    grounds: Sequence[tuple[str, str]]
    rules: Sequence[tuple[str, str, bool]]
    preview: Preview | None = None


async def decision_form(
    visit: Visit, form: Form, preview: Preview | None = None, measures: Sequence[Measure] = tuple(Measure)
) -> DecisionForm:
    ticked = visit.ids("rules")
    return DecisionForm(
        form=form,
        measures=[(measure.value, visit.gettext(MEASURES[measure])) for measure in measures],
        grounds=[(ground, visit.gettext(label)) for ground, label in GROUNDS.items()],
        rules=[
            (str(rule.id), rule.text_in(visit.language), rule.id in ticked)
            for rule in await list_rules(visit.server.db)
        ],
        preview=preview,
    )


def typed(visit: Visit) -> dict[str, str]:
    return {name: visit.text(name) for name in FIELDS}


def decision_of(
    visit: Visit, account_id: int, status_ids: Sequence[int] = (), report_id: int | None = None
) -> Decision:
    """As the form says."""
    given = typed(visit)
    return Decision(
        account_id, given["measure"], given["ground"], given["text"], visit.ids("rules"), status_ids, report_id
    )


async def previewed(visit: Visit, decision: Decision, handle: str = "", *, is_pseudonym: bool = False) -> Preview:
    """Raises what deciding would raise."""
    return Preview(await preview_decision(visit.server, visit.viewer, decision), handle, is_pseudonym)
