"""Facts about direct threads. `account_id` is whose view of the conversation it is."""

from mesange.kit.event import Event


class ConversationChanged(Event, frozen=True):
    """Something was said in it, or taken back."""

    account_id: int
    conversation_id: int


class ConversationRead(Event, frozen=True):
    """Its owner has read it as far as `status_id`."""

    account_id: int
    conversation_id: int
    status_id: int


class ConversationDeleted(Event, frozen=True):
    """Its owner put it away, as far as `status_id`; the posts stay, and what is said later begins it anew."""

    account_id: int
    conversation_id: int
    status_id: int
