"""How a publication stands, in words and with an icon."""

from typing import NamedTuple

from mesange.kit.web.catalogue import marked as _
from mesange.workspace.publishing.model import PublicationState, Step

S = PublicationState


class Look(NamedTuple):
    """`kind` is the colour that repeats the words: "", done, attention or alarm."""

    words: str
    icon: str
    kind: str = ""


STATES = {
    S.DRAFT: Look(_("Draft"), "pencil"),
    S.IN_REVIEW: Look(_("In review"), "clock", "attention"),
    S.CHANGES_REQUESTED: Look(_("Changes requested"), "reply", "attention"),
    S.APPROVED: Look(_("Approved"), "check"),
    S.SCHEDULED: Look(_("Scheduled"), "calendar"),
    S.PUBLISHING: Look(_("Being published"), "clock"),
    S.PUBLISHED: Look(_("Published"), "check", "done"),
    S.FAILED: Look(_("Failed"), "warning", "alarm"),
    S.FROZEN: Look(_("Frozen"), "lock", "alarm"),
    S.CANCELLED: Look(_("Cancelled"), "block"),
}

STEPS = {
    Step.WRITE: _("wrote it"),
    Step.REVISE: _("changed the words"),
    Step.PLAN: _("changed its time or theme"),
    Step.SUBMIT: _("sent it for review"),
    Step.REQUEST_CHANGES: _("asked for changes"),
    Step.APPROVE: _("approved it"),
    Step.SCHEDULE: _("scheduled it"),
    Step.UNSCHEDULE: _("took it off the schedule"),
    Step.PUBLISH: _("published it"),
    Step.FAIL: _("could not publish it"),
    Step.FREEZE: _("held it: publishing is frozen"),
    Step.CANCEL: _("cancelled it"),
    Step.REOPEN: _("reopened it"),
}
"""What somebody did, after their name. Steps that follow from another one are not told."""
