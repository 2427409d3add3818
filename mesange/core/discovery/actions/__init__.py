"""Writes of discovery: counting, ranking and reviewing trends; dismissing suggestions."""

from mesange.core.discovery.actions.counting import count_uses
from mesange.core.discovery.actions.ranking import forget_old_uses, rank_trends
from mesange.core.discovery.actions.reviewing import review_trend
from mesange.core.discovery.actions.suggestions import dismiss_suggestion

__all__ = ["count_uses", "dismiss_suggestion", "forget_old_uses", "rank_trends", "review_trend"]
