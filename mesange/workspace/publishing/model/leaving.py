"""Why a publication did not leave, in a sentence for the team, and what becomes of it."""

from mesange.kit.errors import MesangeError, NotFound
from mesange.workspace.publishing.model.states import Step

AUTHOR_LEFT = "Who wrote it and who planned it have left the team. A colleague can schedule it anew."
BOOSTED_IS_NOT_THERE = "The publication that it boosts was not published."
TOO_LONG = "The text is too long for this account. Shorten it and schedule it anew."
ANSWERED_IS_GONE = "The post that this one answers is no longer there."
NO_LONGER_APPROVED = "What this account publishes is approved first, and this is not. Send it for review."


class NotTagged(NotFound):
    """What would be boosted does not bear the hashtag."""

    code = "not_tagged"

    def __init__(self, hashtag: str) -> None:
        super().__init__(f"Nothing to boost: the post does not bear #{hashtag}.")


def step_after_refusal(*, is_frozen: bool, lacks_approval: bool, is_untagged: bool) -> Step:
    """Frozen publications wait for the end of the freeze; a boost without its hashtag is not wanted at all."""
    if is_frozen:
        return Step.FREEZE
    if lacks_approval:
        return Step.RECALL
    return Step.CANCEL if is_untagged else Step.FAIL


def reason_of(error: MesangeError) -> str:
    if error.code == "ERR_TOO_LONG":
        return TOO_LONG
    if error.code == "needs_approval":
        return NO_LONGER_APPROVED
    # A bare "not found" comes from what the post answers; our own reasons bring their words.
    return ANSWERED_IS_GONE if error.public_text == NotFound.public_text else error.public_text
