"""Facts about the publications of organizations."""

from mesange.kit.event import Event


class PublicationChanged(Event, frozen=True):
    """A user (0: the program) took a step with a publication, which stood in the state `before` ("" when it is new)."""

    publication_id: int
    organization_id: int
    account_id: int
    user_id: int
    step: str
    state: str
    before: str = ""


class PublicationCommented(Event, frozen=True):
    publication_id: int
    organization_id: int
    comment_id: int
    user_id: int
