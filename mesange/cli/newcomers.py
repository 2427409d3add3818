"""`mesange admin accept | refuse | waiting | invite | reveal | protect-name | release-name`: who is who here."""

from typing import Annotated

import typer

from mesange.cli.running import DataOption, fail, with_server
from mesange.kit.server import Server

Name = Annotated[str, typer.Argument(help="Name of the account, without @.")]


def register(app: typer.Typer) -> None:
    for command in (accept, refuse, waiting, invite, reveal, protect_name, release_name):
        app.command()(command)


def accept(name: Name, data: DataOption = None) -> None:
    """Let a newcomer in; they get a mail."""
    from mesange.core.accounts.model import VISITOR
    from mesange.core.moderation.actions.newcomers import accept_newcomers

    async def work(server: Server) -> None:
        await accept_newcomers(server, VISITOR, [await _waiting_id(server, name)])

    with_server(work, data)
    typer.echo(f"{name} is in.")


def refuse(name: Name, data: DataOption = None) -> None:
    """Delete a newcomer's sign-up; they get a mail."""
    from mesange.core.accounts.model import VISITOR
    from mesange.core.moderation.actions.newcomers import refuse_newcomers

    async def work(server: Server) -> None:
        await refuse_newcomers(server, VISITOR, [await _waiting_id(server, name)])

    with_server(work, data)
    typer.echo(f"The sign-up of {name} is deleted.")


async def _waiting_id(server: Server, name: str) -> int:
    from mesange.core.accounts.queries import find_waiting_user_by_name

    user = await find_waiting_user_by_name(server.db, name)
    if user is None:
        fail(f"nobody waits by the name {name}.")
    return user.id


def waiting(data: DataOption = None) -> None:
    """List newcomers who wait for a decision: name, mail address, reason."""
    from mesange.core.accounts.queries import list_waiting
    from mesange.kit.paging import Page

    async def work(server: Server) -> list[str]:
        rows = await list_waiting(server.db, Page(limit=1_000))
        return [f"{account.username}\t{user.email}\t{' '.join(user.reason.split())}" for user, account in rows]

    for line in with_server(work, data):
        typer.echo(line)


def invite(
    uses: Annotated[int, typer.Option(help="How many people may come in by it.")] = 1,
    days: Annotated[int, typer.Option(help="For how many days it is good.")] = 7,
    data: DataOption = None,
) -> None:
    """Make an invitation. The last word printed is its address."""
    from mesange.core.accounts.actions.invitations import create_invitation

    async def work(server: Server) -> str:
        invitation = await create_invitation(server, uses, days)
        return f"{server.settings.public_origin}/invite/{invitation.code}"

    typer.echo(f"Good for {uses} people and {days} days: {with_server(work, data)}")


def reveal(
    name: Name,
    reason: Annotated[str, typer.Option(help="Why, in a sentence; it is kept for ever.")],
    data: DataOption = None,
) -> None:
    """Say whose pseudonym this is. The last word printed is the mail address of the login."""
    from mesange.core.accounts.actions.pseudonyms import reveal_person
    from mesange.core.accounts.model import VISITOR
    from mesange.core.accounts.queries import get_account_by_acct
    from mesange.core.moderation.actions.log import note_act

    async def work(server: Server) -> str:
        account = await get_account_by_acct(server, name)
        user = await reveal_person(server, account, reason)
        async with server.db.transaction() as tx:
            await note_act(server, tx, VISITOR, "looked behind a pseudonym", f"account:{account.id}", text=reason)
        return user.email

    typer.echo(f"This was written down. {name} belongs to {with_server(work, data)}")


def protect_name(
    name: Annotated[str, typer.Argument(help="The name, as people write it.")],
    organization: Annotated[str | None, typer.Option(help="Organization whose accounts may bear it.")] = None,
    data: DataOption = None,
) -> None:
    """Refuse this name, and all that look like it, to everybody else."""
    from mesange.core.teams.actions import protect_name as protect
    from mesange.core.teams.queries import find_organization

    async def work(server: Server) -> None:
        owner = await find_organization(server.db, organization) if organization else None
        if organization and owner is None:
            fail("no organization has this name.")
        await protect(server, name, owner.id if owner else None)

    with_server(work, data)
    typer.echo(f"{name} is protected.")


def release_name(
    name: Annotated[str, typer.Argument(help="The name, as people write it.")], data: DataOption = None
) -> None:
    """End the protection of a name."""
    from mesange.core.teams.actions import release_name as release

    async def work(server: Server) -> bool:
        return await release(server, name)

    if not with_server(work, data):
        fail(f"{name} was not protected.")
    typer.echo(f"{name} is free.")
