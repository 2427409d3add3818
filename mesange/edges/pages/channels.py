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
