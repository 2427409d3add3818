"""What moderation decided about one's accounts, with its reasons, and one's answer. Open to the suspended too."""

from mesange.core.accounts.queries import load_accounts
from mesange.core.moderation.actions.appeals import appeal_decision
from mesange.core.moderation.model import Measure, Strike, ids_in, may_appeal
from mesange.core.moderation.queries import list_own_strikes, load_rules
from mesange.front.errors import refused
from mesange.front.views import StrikeView
from mesange.front.visit import Visit
from mesange.kit.errors import Conflict, Invalid, MesangeError
from mesange.kit.web.catalogue import marked as _
from mesange.kit.web.frame import Form, Told
from mesange.kit.web.response import Response

MEASURES = {
    Measure.NONE: _("Nothing was done"),
    Measure.WARN: _("A warning"),
    Measure.SENSITIVE: _("Posts marked as sensitive"),
    Measure.DELETE: _("Posts deleted"),
    Measure.LIMIT: _("Posts shown to followers only"),
    Measure.FREEZE: _("Account frozen: it reads, and writes nothing"),
    Measure.SUSPEND: _("Account suspended and hidden"),
}
GROUNDS = {"rule": _("The rules of this place"), "law": _("The law")}


async def show(visit: Visit) -> Response:
    return await _page(visit, Form())


async def _page(visit: Visit, form: Form, error: MesangeError | None = None) -> Response:
    strikes = await list_own_strikes(visit.server, visit.viewer)
    return await visit.page(
        "settings_moderation.html",
        status=error.http_status if error else 200,
        place="gear",
        strikes=await strike_views(visit, strikes),
        is_suspended=visit.viewer.is_suspended,
        is_frozen=visit.viewer.is_frozen,
        form=form,
        answered=visit.text("strike"),
        notices=(Told(visit.gettext(error.public_text), "problem"),) if error else (),
    )


async def strike_views(visit: Visit, strikes: list[Strike]) -> list[StrikeView]:
    """Decisions in the reader's words; who decided is not among them."""
    accounts = await load_accounts(visit.server, {strike.account_id for strike in strikes})
    rules = {
        rule.id: rule
        for rule in await load_rules(visit.server.db, [id for each in strikes for id in ids_in(each.rule_ids)])
    }
    return [
        StrikeView(
            id=str(strike.id),
            handle=f"@{accounts[strike.account_id].acct}",
            measure=visit.gettext(MEASURES[strike.measure]),
            ground=visit.gettext(GROUNDS[strike.ground]),
            text=strike.text,
            rules=tuple(rules[id].text_in(visit.language) for id in ids_in(strike.rule_ids) if id in rules),
            posts=len(ids_in(strike.status_ids)),
            is_automated=strike.is_automated,
            is_from_report=strike.report_id is not None,
            decided_at=strike.created_at,
            lifted_at=strike.lifted_at,
            removal_at=strike.removal_at,
            appeal=strike.appeal,
            appealed_at=strike.appealed_at,
            answered_at=strike.answered_at,
            appeal_ends_at=strike.appeal_ends_at,
            can_appeal=may_appeal(strike, visit.server.clock.now()),
        )
        for strike in strikes
        if strike.account_id in accounts
    ]


async def appeal(visit: Visit) -> Response:
    text = visit.text("appeal")
    try:
        await appeal_decision(visit.server, visit.viewer, visit.id("strike"), text)
    except (Invalid, Conflict) as error:
        return await _page(visit, refused(visit, {"appeal": text}, error), error)
    return visit.back("/settings/moderation", told="appealed")
