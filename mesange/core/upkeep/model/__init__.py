"""Nouns and decisions of upkeep."""

from mesange.core.upkeep.model.work import QueueCount, WorkItem, WorkState

__all__ = ["QueueCount", "WorkItem", "WorkState"]
