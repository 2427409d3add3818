"""`mesange admin …`: accounts, tokens and organizations, also while the server runs."""

import secrets
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mesange.cli.running import DataOption, fail, with_server
from mesange.kit.server import Server

if TYPE_CHECKING:
    from mesange.core.accounts.model import OAuthClient

app = typer.Typer(no_args_is_help=True, help="Accounts, tokens, organizations; also while the server runs.")
Name = Annotated[str, typer.Argument(help="Name of the account, without @.")]
COMMAND_CLIENT = "Mésange command line"


@app.command()
def create_account(
    name: Name,
    email: Annotated[str, typer.Option(help="Mail address of the login.")],
    confirmed: Annotated[bool, typer.Option("--confirmed", help="Needs no confirmation by mail.")] = False,
    role: Annotated[str, typer.Option(help="owner, admin, moderator or user.")] = "user",
    data: DataOption = None,
) -> None:
    """Create an account. For a new mail address a login is made; the last word printed is its password."""
    from mesange.core.accounts.actions.accounts import create_account as create
    from mesange.core.accounts.actions.users import SignUp, create_user
    from mesange.core.accounts.model import UserRole
    from mesange.core.accounts.queries import find_user_by_email

    if role not in list(UserRole):
        fail(f"there is no role {role!r}. There are: {', '.join(UserRole)}.")
    password = secrets.token_urlsafe(15)

    async def work(server: Server) -> str:
        user = await find_user_by_email(server.db, email)
        if user is None:
            await create_user(server, SignUp(name, email, password), UserRole(role), is_confirmed=confirmed)
            return f"Created {name} with the password {password}"
        async with server.db.transaction() as tx:
            await create(server, tx, name, user_id=user.id, by_staff=True)
        return f"Created {name} for the login {email}, which keeps its password"

    typer.echo(with_server(work, data))


@app.command()
def create_token(
    name: Name,
    scopes: Annotated[str, typer.Option(help="Scopes, separated by spaces.")] = "read",
    limited: Annotated[bool, typer.Option("--limited", help="Keep the rate limits for this token.")] = False,
    data: DataOption = None,
) -> None:
    """Create an access token for an account. The last word printed is the token."""
    from mesange.core.accounts.actions.clients import create_token as create
    from mesange.core.accounts.model.scopes import are_known
    from mesange.core.accounts.queries import find_user, get_account_by_acct

    if not are_known(scopes) or not scopes.split():
        fail(f"these are not all scopes: {scopes!r}.")

    async def work(server: Server) -> str:
        account = await get_account_by_acct(server, name)
        user = await find_user(server.db, account.user_id or 0)
        if user is None:
            fail(f"{name} belongs to an organization: its members sign in for it.")
        client = await _command_client(server)
        return await create(server, client, user, account, " ".join(scopes.split()), is_unlimited=not limited)

    typer.echo(f"Token of {name}: {with_server(work, data)}")


async def _command_client(server: Server) -> "OAuthClient":
    from mesange.core.accounts.actions.clients import Registration, register_client
    from mesange.core.accounts.queries import find_client_by_name

    client = await find_client_by_name(server.db, COMMAND_CLIENT)
    if client is None:
        client, _ = await register_client(server, Registration(COMMAND_CLIENT, ["urn:ietf:wg:oauth:2.0:oob"], "read"))
    return client


@app.command()
def create_user(
    email: Annotated[str, typer.Argument(help="Mail address of the login.")],
    name: Annotated[str, typer.Option(help="Name of its first account.")],
    role: Annotated[str, typer.Option(help="owner, admin, moderator or user.")] = "user",
    data: DataOption = None,
) -> None:
    """Create a confirmed login with its first account. The last word printed is the password."""
    create_account(name, email, confirmed=True, role=role, data=data)


@app.command()
def set_password(
    email: Annotated[str, typer.Argument(help="Mail address of the login.")], data: DataOption = None
) -> None:
    """Give a login a new password and end all its access. The last word printed is the password."""
    from mesange.core.accounts.actions.users import set_password as set_new
    from mesange.core.accounts.queries import find_user_by_email

    password = secrets.token_urlsafe(15)

    async def work(server: Server) -> None:
        user = await find_user_by_email(server.db, email)
        if user is None:
            fail(f"no login has the address {email}.")
        await set_new(server, user.id, password)

    with_server(work, data)
    typer.echo(f"New password of {email}: {password}")


@app.command()
def reset_second_factor(
    email: Annotated[str, typer.Argument(help="Mail address of the login.")], data: DataOption = None
) -> None:
    """Take codes and passkeys off a login whose person lost them, and end all its access."""
    from mesange.core.accounts.actions.second_factors import reset_second_factors
    from mesange.core.accounts.queries import find_user_by_email

    async def work(server: Server) -> None:
        user = await find_user_by_email(server.db, email)
        if user is None:
            fail(f"no login has the address {email}.")
        await reset_second_factors(server, user)

    with_server(work, data)
    typer.echo(f"{email} signs in with the password alone.")


@app.command()
def set_signs(
    name: Name,
    most: Annotated[int, typer.Argument(help="Signs of a post; 0 for the server's own number.")],
    data: DataOption = None,
) -> None:
    """Give an account its own number of signs."""
    from mesange.core.accounts.actions.accounts import set_sign_limit
    from mesange.core.accounts.queries import get_account_by_acct

    if most < 0:
        fail("a number of signs is not negative.")

    async def work(server: Server) -> None:
        account = await get_account_by_acct(server, name)
        await set_sign_limit(server, account.id, most or None)

    with_server(work, data)
    typer.echo(f"{name} writes posts of at most {most} signs." if most else f"{name} writes as all others do.")


@app.command()
def create_organization(
    name: Annotated[str, typer.Argument(help="Name of the organization.")],
    owner: Annotated[str, typer.Option(help="Mail address of the login that owns it.")],
    account: Annotated[list[str], typer.Option(help="Account to create for it; may be repeated.")],
    data: DataOption = None,
) -> None:
    """Create an organization with its accounts; its members act for them with their own logins."""
    from mesange.core.accounts.actions.accounts import create_account as create
    from mesange.core.accounts.queries import find_user_by_email
    from mesange.core.teams.actions import create_organization as create_it

    async def work(server: Server) -> None:
        user = await find_user_by_email(server.db, owner)
        if user is None:
            fail(f"no login has the address {owner}.")
        organization = await create_it(server, name, user.id)
        async with server.db.transaction() as tx:
            for each in account:
                await create(server, tx, each, organization_id=organization.id, by_staff=True)

    with_server(work, data)
    typer.echo(f"Created {name} with {', '.join(account)}.")


@app.command()
def add_member(
    organization: Annotated[str, typer.Argument(help="Name of the organization.")],
    email: Annotated[str, typer.Argument(help="Mail address of the member's login.")],
    role: Annotated[str, typer.Option(help="owner, admin, editor, contributor or analyst.")] = "editor",
    data: DataOption = None,
) -> None:
    """Let a login act for the accounts of an organization."""
    from mesange.core.accounts.queries import find_user_by_email
    from mesange.core.teams.actions import add_member as add
    from mesange.core.teams.model import Role
    from mesange.core.teams.queries import find_organization

    if role not in list(Role):
        fail(f"there is no role {role!r}. There are: {', '.join(Role)}.")

    async def work(server: Server) -> None:
        found = await find_organization(server.db, organization)
        user = await find_user_by_email(server.db, email)
        if found is None or user is None:
            fail("no organization has this name." if found is None else f"no login has the address {email}.")
        await add(server, found.id, user.id, Role(role))

    with_server(work, data)
    typer.echo(f"{email} is {role} of {organization}.")


@app.command()
def lift_limits(
    name: Name,
    again: Annotated[bool, typer.Option("--again", help="Set the rate limits again.")] = False,
    data: DataOption = None,
) -> None:
    """Free an account from the rate limits, for a campaign or a live event; noted in the log of staff acts."""
    from mesange.core.accounts.actions.standing import lift_rate_limits
    from mesange.core.accounts.model import Viewer
    from mesange.core.accounts.queries import get_account_by_acct
    from mesange.core.moderation.actions.log import note_act

    async def work(server: Server) -> None:
        account = await get_account_by_acct(server, name)
        async with server.db.transaction() as tx:
            kind = "limits set again" if again else "limits lifted"
            await note_act(server, tx, Viewer(), kind, f"account:{account.id}")
            await lift_rate_limits(server, tx, account.id, lifted=not again)

    with_server(work, data)
    typer.echo(f"{name} keeps to the limits of all." if again else f"{name} has no rate limits any more.")


@app.command()
def keep_out(
    kind: Annotated[str, typer.Argument(help="email_domain, network or name.")],
    value: Annotated[str, typer.Argument(help="mail.example, 198.51.100.0/24, or a part of a name.")],
    data: DataOption = None,
) -> None:
    """Refuse sign-ups by mail domain, network or part of a name."""
    from mesange.core.accounts.model import Viewer
    from mesange.core.moderation.actions.keeping_out import keep_out as keep

    block = with_server(lambda server: keep(server, Viewer(), kind, value), data)
    typer.echo(f"Kept out: {block.value}")


@app.command()
def check_log(
    head: Annotated[Path | None, typer.Option(help="A signed head that was downloaded before.")] = None,
    data: DataOption = None,
) -> None:
    """Check that the log of staff acts is whole, and that it still goes through a head kept elsewhere."""
    import msgspec

    from mesange.core.moderation.actions.log import SCOPE
    from mesange.kit.scopelog import SignedHead, first_broken, holds_head
    from mesange.kit.signing import signer_in

    async def work(server: Server) -> str:
        if broken := await first_broken(server.db, SCOPE):
            fail(f"the log is broken at entry {broken}.")
        if head:
            signed = msgspec.json.decode(head.read_bytes(), type=SignedHead)
            if not await holds_head(server.db, signed, signer_in(server.settings.data).public_key):
                fail(f"the log was rewritten since entry {signed.number} was signed.")
        return "The log is whole."

    typer.echo(with_server(work, data))
