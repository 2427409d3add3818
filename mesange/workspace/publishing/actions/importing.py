"""Reading a week from a file: good lines are publications, all in one transaction; each bad one is named."""

from dataclasses import dataclass, replace

from mesange.core.accounts.model import Viewer
from mesange.core.statuses.model import digest_of, stored_parts
from mesange.core.teams.model import Role
from mesange.kit.db import Transaction
from mesange.kit.errors import Invalid, MesangeError, NotFound
from mesange.kit.server import Server
from mesange.workspace.publishing.actions.review import fit_words, stages_of
from mesange.workspace.publishing.actions.steps import begin
from mesange.workspace.publishing.model import Publication, PublicationState, Step
from mesange.workspace.publishing.model.imports import FaultyLine, Line, decoded, lines_in
from mesange.workspace.publishing.model.planning import checked_instant
from mesange.workspace.publishing.queries import list_roles, list_themes


class NoSuchAccount(Invalid):
    public_text = "No account of this name is yours to write for."


class NoSuchTheme(Invalid):
    public_text = "There is no theme of this name."


class PlannedAlready(Invalid):
    public_text = "The same words are planned for this account at this very moment."


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a file."""

    made: list[Publication]
    faulty: list[FaultyLine]


@dataclass(frozen=True, slots=True)
class _Team:
    """What the lines of a file may name."""

    organization_id: int
    accounts: dict[str, int]
    roles: dict[int, Role]
    themes: dict[str, int]
    zone: str


async def import_publications(
    server: Server, viewer: Viewer, organization_id: int, content: bytes, zone: str
) -> Imported:
    """Who publishes freely schedules them so; what must be approved is in review. `zone` counts where a line has none.

    Raises NotFound for who is no member, TooLarge, Invalid for what is no such file at all.
    """
    lines = lines_in(decoded(content))
    team = await _team(server, viewer, organization_id, zone)
    made: list[Publication] = []
    faulty: list[FaultyLine] = []
    for line in lines:
        try:
            made.append(await _publication(server, viewer, team, line, made))
        except MesangeError as error:
            faulty.append(FaultyLine(line.number, error.public_text))
    async with server.db.transaction() as tx:
        for publication in made:
            await begin(server, tx, await _planned(tx, viewer, team, publication), viewer.user_id, Step.WRITE)
    return Imported(made, faulty)


async def _team(server: Server, viewer: Viewer, organization_id: int, zone: str) -> _Team:
    roles = await list_roles(server.db, viewer, organization_id)
    writing = {account_id: role for account_id, role in roles.items() if role.may_act}
    rows = await server.db.rows("SELECT username, id FROM accounts WHERE id = ANY(?)", sorted(writing))
    accounts = {username.lower(): account_id for username, account_id in rows}
    themes = {theme.name: theme.id for theme in await list_themes(server.db, viewer, organization_id)}
    return _Team(organization_id, accounts, writing, themes, zone)


async def _publication(server: Server, viewer: Viewer, team: _Team, line: Line, made: list[Publication]) -> Publication:
    account_id = team.accounts.get(line.account)
    if account_id is None:
        raise NoSuchAccount()
    if (theme := line.told.get("theme")) and theme not in team.themes:
        raise NoSuchTheme()
    plan, parts = line.plan(team.zone), stored_parts([line.draft])
    bare = Publication(
        id=server.ids.next(),
        organization_id=team.organization_id,
        account_id=account_id,
        author_id=viewer.user_id,
        edited_by=viewer.user_id,
        state=PublicationState.DRAFT,
        parts=parts,
        digest=digest_of(parts),
        planned_at=checked_instant(plan, server.clock.now()),
        wall=plan.wall,
        zone=plan.zone,
        theme_id=team.themes.get(theme or ""),
        client_id=viewer.client_id or None,
    )
    fit = await fit_words(server, bare)
    await _check_new(server, fit, made)
    return fit


async def _check_new(server: Server, fit: Publication, made: list[Publication]) -> None:
    """The same file read twice doubles nothing. Raises PlannedAlready."""
    same = any((fit.account_id, fit.planned_at, fit.digest) == (x.account_id, x.planned_at, x.digest) for x in made)
    if same or await server.db.value(
        "SELECT id FROM publications WHERE account_id = ? AND planned_at = ? AND digest = ? AND state <> 'cancelled'",
        fit.account_id,
        fit.planned_at,
        fit.digest,
    ):
        raise PlannedAlready()


async def _planned(tx: Transaction, viewer: Viewer, team: _Team, publication: Publication) -> Publication:
    if publication.account_id not in team.roles:
        raise NotFound()
    if await stages_of(tx, publication):
        return replace(publication, state=PublicationState.IN_REVIEW)
    return replace(publication, state=PublicationState.SCHEDULED, planned_by=viewer.user_id)
