"""Work behind the scenes: what runs regularly, what waits its turn, what was given up; trying again, giving up."""

from dataclasses import dataclass

from mesange.core.upkeep.actions.work import give_up, run_now, try_again
from mesange.core.upkeep.model import WorkState
from mesange.core.upkeep.queries import count_work, find_queue, list_work
from mesange.core.upkeep.tables import Queue
from mesange.edges.pages.admin.sections import admin_page
from mesange.edges.pages.lists import Feed, page_of, window_of
from mesange.front.visit import Visit
from mesange.kit.errors import Invalid
from mesange.kit.progress import JobRun, Progress
from mesange.kit.web.catalogue import marked as _
from mesange.kit.web.response import Response

PATH = "/admin/jobs"
STATES = {WorkState.WAITING: _("Waiting"), WorkState.RUNNING: _("Running"), WorkState.FAILED: _("Given up")}
QUEUE_NAMES = {
    "mails": _("Mails"),
    "push": _("Push notifications"),
    "cards": _("Previews of links"),
    "archives": _("Archives of accounts"),
    "imports": _("Imports"),
}


JOB_NAMES = {
    "carry out guarded changes": _("Carry out what two people decided"),
    "announce removals": _("Tell of what was removed"),
    "check links of profiles": _("Check links of profiles"),
    "delete doomed files": _("Delete files nobody shows any more"),
    "delete loose media": _("Delete files that were never posted"),
    "end filters": _("End filters whose time is over"),
    "end mutes": _("End mutes whose time is over"),
    "end polls": _("End polls"),
    "erase departed accounts": _("Erase accounts that left"),
    "evict fetched files": _("Let fetched files go that nobody looks at"),
    "fetch link cards": _("Fetch previews of links"),
    "forget dismissed notifications": _("Forget notifications put away"),
    "forget old idempotency keys": _("Forget which requests were repeated"),
    "forget old sessions": _("Forget sessions that ended"),
    "forget old uses": _("Forget what trended once"),
    "give up processing media": _("Give up files that cannot be read"),
    "index what is left": _("Index for the search what is left"),
    "make archives": _("Make archives of accounts"),
    "note uses of fetched files": _("Note which fetched files are looked at"),
    "plan backups": _("Plan backups"),
    "publish announcements": _("Publish announcements"),
    "publish publications": _("Publish what teams planned"),
    "publish relayed items": _("Post items of relayed feeds"),
    "publish scheduled posts": _("Publish scheduled posts"),
    "rank trends": _("Rank trends"),
    "read relayed feeds": _("Read relayed feeds"),
    "renew leases of hubs": _("Renew what hubs were asked for"),
    "read imports": _("Read imports"),
    "read lists of blocks": _("Read lists of blocks"),
    "remove old archives": _("Remove old archives"),
    "resume processing media": _("Take up files again that were left"),
    "send mails": _("Send mails"),
    "send pushes": _("Send push notifications"),
    "take backups": _("Take backups"),
    "tell the absent": _("Write to who is away"),
}


@dataclass(frozen=True, slots=True)
class JobView:
    """`next_at` is 0 while it runs for the first time."""

    name: str
    label: str
    began_at: int
    took: str
    error: str
    is_running: bool
    next_at: int


@dataclass(frozen=True, slots=True)
class QueueView:
    name: str
    label: str
    waiting: int
    running: int
    failed: int


@dataclass(frozen=True, slots=True)
class WorkView:
    id: str
    subject: str
    state: WorkState
    label: str
    attempts: int
    next_at: int | None
    reason: str
    can_retry: bool
    can_end: bool


async def show(visit: Visit) -> Response:
    if visit.text("queue"):
        return await _show_queue(visit, visit.text("queue"))
    jobs = sorted(visit.server.of(Progress).jobs.items(), key=lambda job: (not job[1].error, job[0]))
    queues = [
        QueueView(each.name, visit.gettext(QUEUE_NAMES[each.name]), each.waiting, each.running, each.failed)
        for each in await count_work(visit.server.db)
    ]
    return await admin_page(visit, "jobs.html", queues=queues, jobs=[_job_view(visit, name, run) for name, run in jobs])


def _job_view(visit: Visit, name: str, run: JobRun) -> JobView:
    label, took = visit.gettext(JOB_NAMES[name]), f"{run.milliseconds:.0f} ms"
    return JobView(name, label, run.began_at, took, run.error, run.is_running, run.next_at)


async def _show_queue(visit: Visit, name: str) -> Response:
    queue, window = find_queue(name), window_of(visit, 50)
    items = await list_work(visit.server.db, queue, window)
    return await admin_page(
        visit,
        "queue.html",
        queue=name,
        label=visit.gettext(QUEUE_NAMES[name]),
        items=[
            WorkView(
                id=str(item.id),
                subject=item.subject or str(item.id),
                state=item.state,
                label=visit.gettext(STATES[item.state]),
                attempts=item.attempts,
                next_at=item.next_at,
                reason=item.reason,
                can_retry=_can_retry(queue, item.state),
                can_end=item.state is WorkState.WAITING,
            )
            for item in items
        ],
        page=page_of(window, [item.id for item in items], Feed(PATH, more=(("queue", name),))),
    )


def _can_retry(queue: Queue, state: WorkState) -> bool:
    """What waits for a next try, or failed; what waits for its turn comes by itself."""
    return state is WorkState.FAILED or (state is WorkState.WAITING and queue.attempts != "0")


async def send(visit: Visit) -> Response:
    """`run` is a job; `again` and `end` are rows of `queue`."""
    server, viewer, queue = visit.server, visit.viewer, visit.text("queue")
    if visit.text("run"):
        await run_now(server, viewer, visit.text("run"))
        return visit.back(PATH, told="begun")
    if visit.text("again"):
        await try_again(server, viewer, queue, visit.id("again"))
    elif visit.text("end"):
        await give_up(server, viewer, queue, visit.id("end"))
    else:
        raise Invalid("Choose what to do.")
    return visit.back(f"{PATH}?queue={queue}", told="saved")
