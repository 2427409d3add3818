"""Discovery: what many speak of now, looked at by staff before it is shown; who is here; whom to follow.

Consumes StatusPublished, StatusReblogged, StatusFavourited.
Emits    TrendReviewed.
"""
