"""Facts about lists and followed hashtags. `account_id` is whose list it is, or who follows."""

from mesange.kit.event import Event


class ListCreated(Event, frozen=True):
    list_id: int
    account_id: int


class ListChanged(Event, frozen=True):
    """Its title or rules, or who and what is on it."""

    list_id: int
    account_id: int


class ListDeleted(Event, frozen=True):
    list_id: int
    account_id: int


class ListFollowed(Event, frozen=True):
    list_id: int
    account_id: int


class ListUnfollowed(Event, frozen=True):
    list_id: int
    account_id: int


class HashtagFollowed(Event, frozen=True):
    account_id: int
    name: str


class HashtagUnfollowed(Event, frozen=True):
    account_id: int
    name: str
