"""Push: telling phones and browsers that are not open.

Consumes AccessRevoked, and its own events (to forget what it keeps in memory).
Emits    PushSubscriptionChanged.
"""
