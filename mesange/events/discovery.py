"""Facts about what is offered to be discovered."""

from mesange.kit.event import Event


class TrendReviewed(Event, frozen=True):
    """Staff decided whether a hashtag, a link or a post may be shown as a trend. `user_id` is 0 for a command."""

    trend_id: int
    kind: str
    review: str
    user_id: int
