"""Reactions to the clock."""

from mesange.kit.jobs import Job
from mesange.workspace.publishing.actions.hubs import renew_leases
from mesange.workspace.publishing.actions.relay_publishing import relay_items
from mesange.workspace.publishing.actions.relay_reading import read_due_relays

JOBS = [
    Job("read relayed feeds", seconds=5, run=read_due_relays),
    Job("publish relayed items", seconds=2, run=relay_items),
    Job("renew leases of hubs", seconds=60, run=renew_leases),
]
