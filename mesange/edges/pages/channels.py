"""Names of the hub's channels that feed open pages."""

from mesange.kit.text import hashtag_name


def home_channel(account_id: int) -> str:
    return f"page:home:{account_id}"


def person_channel(account_id: int) -> str:
    """What concerns the person, on whatever page they are."""
    return f"page:person:{account_id}"


def status_channel(status_id: int) -> str:
    return f"page:status:{status_id}"


def tag_channel(name: str) -> str:
    return f"page:tag:{hashtag_name(name)}"


def author_channel(account_id: int) -> str:
    """What an account says to everyone, answers to others aside."""
    return f"page:author:{account_id}"


def notice_channel(account_id: int, kind: str = "") -> str:
    """Notifications of an account as they come: all, or those of one kind."""
    return f"page:notices:{account_id}:{kind}"


def marks_channel(account_id: int, kind: str) -> str:
    """What an account adds to its `favourites` or `bookmarks`, in whatever client."""
    return f"page:marks:{account_id}:{kind}"


def search_channel(account_id: int, text: str) -> str:
    """New posts that may answer what an account looks for."""
    return f"page:search:{account_id}:{text}"
