"""The acts of the staff in the reader's words; the log itself holds them in English, for ever."""

from mesange.core.moderation.model import Measure
from mesange.edges.pages.moderation_settings import MEASURES
from mesange.front.visit import Visit
from mesange.kit.web.catalogue import marked as _

DEEDS = {
    "report closed": _("A report closed without a measure"),
    "report taken": _("A report looked after"),
    "report left": _("A report left to others"),
    "report note written": _("A note written beside a report"),
    "private posts read": _("Posts that were not public read for a report"),
    "appeal refused": _("An answer to a decision turned down"),
    "limits lifted": _("Rate limits lifted"),
    "limits set again": _("Rate limits set again"),
    "looked behind a pseudonym": _("Looked whose pseudonym it is"),
    "sign-up accepted": _("A sign-up accepted"),
    "sign-up refused": _("A sign-up refused"),
    "kept out": _("Kept out of sign-ups"),
    "let in": _("Let in to sign-ups again"),
    "server blocked": _("A server blocked"),
    "server unblocked": _("A server no longer blocked"),
    "trend approved": _("A trend shown"),
    "trend rejected": _("A trend never to be shown"),
    "rule written": _("A rule written"),
    "rule withdrawn": _("A rule withdrawn"),
    "text written": _("A text of this place written"),
    "announcement written": _("An announcement written"),
    "announcement changed": _("An announcement changed"),
    "announcement published": _("An announcement told"),
    "announcement withdrawn": _("An announcement withdrawn"),
    "emoji added": _("An emoji added"),
    "emoji shown": _("An emoji offered"),
    "emoji hidden": _("An emoji no longer offered"),
    "emoji deleted": _("An emoji deleted"),
    "list subscribed": _("A list of blocks subscribed to"),
    "list changed": _("A list of blocks read otherwise"),
    "list taken back": _("What a list of blocks brought taken back"),
    "list ended": _("A list of blocks ended"),
    "list read again": _("A list of blocks read again"),
    "setting changed": _("A setting changed"),
    "picture changed": _("A picture of this place changed"),
    "picture removed": _("A picture of this place removed"),
    "backup asked": _("A backup taken"),
    "backup fetched": _("A backup fetched"),
    "backup deleted": _("A backup deleted"),
    "work tried again": _("Work tried again"),
    "work given up": _("Work given up"),
    "job run now": _("Regular work run at once"),
    "events tried again": _("Parked events tried again"),
}
DECIDED, LIFTED = _("Decided: %(measure)s"), _("Taken back: %(measure)s")
OF_MEASURES = {"decided: ": DECIDED, "lifted: ": LIFTED}


def said(visit: Visit, kind: str) -> str:
    """What the log calls it, where it has no words yet."""
    for beginning, sentence in OF_MEASURES.items():
        measure = kind.removeprefix(beginning)
        if measure != kind and measure in list(Measure):
            return visit.gettext(sentence, measure=visit.gettext(MEASURES[Measure(measure)]))
    return visit.gettext(DEEDS[kind]) if kind in DEEDS else kind


def choices(visit: Visit) -> list[tuple[str, str]]:
    """Every kind of act, as one chooses it in the log."""
    kinds = [*DEEDS, *(f"{beginning}{measure}" for measure in Measure for beginning in OF_MEASURES)]
    return sorted(((kind, said(visit, kind)) for kind in kinds), key=lambda choice: choice[1].casefold())
