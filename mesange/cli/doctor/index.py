"""The index for searching: whether it holds every post, and nothing else."""

from mesange.cli.doctor.finding import Finding
from mesange.kit.server import Server


async def look_at_index(server: Server, *, repair: bool) -> Finding:
    from mesange.core.search.actions import AT_ONCE, index_statuses
    from mesange.core.search.queries.gaps import FarBehind, list_gaps

    missing = superfluous = 0
    try:
        async for gaps in list_gaps(server):
            missing, superfluous = missing + len(gaps.missing), superfluous + len(gaps.superfluous)
            wrong = [*gaps.missing, *gaps.superfluous] if repair else []
            for start in range(0, len(wrong), AT_ONCE):
                async with server.db.transaction() as tx:
                    await index_statuses(server, tx, wrong[start : start + AT_ONCE])
    except FarBehind:
        return Finding("search index: far behind", "Let the running server catch up, then ask the doctor again.")
    if repair:
        return Finding(f"search index: {missing} posts taken in, {superfluous} documents taken out")
    remedy = "`mesange doctor --repair` mends it." if missing or superfluous else ""
    return Finding(f"search index: {missing} posts missing, {superfluous} documents of no post", remedy)
