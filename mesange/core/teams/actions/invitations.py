"""Inviting members: a link that is good once, for a week, with a role that nobody changes on the way."""

from mesange.core.teams.actions.audit import note_act
from mesange.core.teams.actions.members import join
from mesange.core.teams.model import (
    MEMBER_INVITATION_LIFE,
    MOST_MEMBER_INVITATIONS,
    By,
    InvitationWorn,
    MemberInvitation,
    Membership,
    Organization,
    Role,
    Scope,
    TeamAct,
    check_may_give,
    strongest,
)
from mesange.core.teams.queries import find_member_invitation, hold_organization, list_memberships, list_own_memberships
from mesange.core.teams.tables import member_invitations
from mesange.kit.db import Transaction
from mesange.kit.errors import Forbidden, Invalid, NotFound
from mesange.kit.mail import email_address
from mesange.kit.secrets import new_secret, secret_hash
from mesange.kit.server import Server


async def invite_member(
    server: Server, by: By, organization_id: int, role: Role, scope: Scope, email: str = "", language: str = "en"
) -> tuple[MemberInvitation, str]:
    """The invitation and the address of its page, shown this once; mailed as well when there is an `email`.

    Raises NotFound, Forbidden (whom one's role may not let in), Invalid.
    """
    email = email_address(email) if email.strip() else ""
    secret = new_secret()
    link = f"{server.settings.public_origin}/organizations/invitations/{secret}"
    async with server.db.transaction() as tx:
        organization = await hold_organization(tx, organization_id)
        held = await list_own_memberships(tx, by.user_id, organization_id)
        check_may_give(strongest(held, scope.account_id, scope.brand_id), role)
        await _check_room(server, tx, organization_id)
        invitation = MemberInvitation(
            id=server.ids.next(),
            organization_id=organization_id,
            token_hash=secret_hash(secret),
            role=role,
            invited_by=by.user_id,
            expires_at=server.clock.now() + MEMBER_INVITATION_LIFE,
            brand_id=scope.brand_id,
            account_id=scope.account_id,
            email=email,
        )
        await tx.insert(member_invitations, invitation)
        if email:
            await _mail(server, tx, organization, invitation, link, language)
        deed = by.did(TeamAct.MEMBER_INVITED, invitation=invitation.id, role=role.value)
        await note_act(server, tx, organization_id, deed)
    return invitation, link


async def withdraw_invitation(server: Server, by: By, organization_id: int, invitation_id: int) -> None:
    """Raises NotFound, Forbidden."""
    async with server.db.transaction() as tx:
        await hold_organization(tx, organization_id)
        row = await tx.row(
            f"SELECT {member_invitations.columns} FROM member_invitations WHERE id = ? AND organization_id = ?",
            invitation_id,
            organization_id,
        )
        held = await list_own_memberships(tx, by.user_id, organization_id)
        if row is None:
            raise NotFound()
        check_may_give(strongest(held, None, None), member_invitations.load(row).role)
        await tx.execute("DELETE FROM member_invitations WHERE id = ?", invitation_id)
        deed = by.did(TeamAct.INVITATION_WITHDRAWN, invitation=invitation_id)
        await note_act(server, tx, organization_id, deed)


async def accept_invitation(server: Server, by: By, token: str) -> Membership:
    """The user is a member from now on, and the link worth nothing. Raises InvitationWorn, MemberAlready."""
    async with server.db.transaction() as tx:
        invitation = await find_member_invitation(tx, token, server.clock.now())
        used = await tx.execute("DELETE FROM member_invitations WHERE token_hash = ?", secret_hash(token))
        if invitation is None or not used:
            raise InvitationWorn()
        scope = Scope(invitation.brand_id, invitation.account_id)
        await _check_inviter(tx, invitation, scope)
        return await join(server, tx, by, invitation.organization_id, by.user_id, invitation.role, scope)


async def _check_inviter(tx: Transaction, invitation: MemberInvitation, scope: Scope) -> None:
    """What whoever invited may no longer do themselves, their links do not do either."""
    held = await list_memberships(tx, invitation.invited_by)
    held = [each for each in held if each.organization_id == invitation.organization_id]
    try:
        check_may_give(strongest(held, scope.account_id, scope.brand_id), invitation.role)
    except Forbidden:
        raise InvitationWorn() from None


async def _check_room(server: Server, tx: Transaction, organization_id: int) -> None:
    now = server.clock.now()
    await tx.execute(
        "DELETE FROM member_invitations WHERE organization_id = ? AND expires_at <= ?", organization_id, now
    )
    waiting = await tx.value("SELECT count(*) FROM member_invitations WHERE organization_id = ?", organization_id)
    if waiting >= MOST_MEMBER_INVITATIONS:
        raise Invalid(f"There are {MOST_MEMBER_INVITATIONS} open invitations, as many as may be. Withdraw one first.")


async def _mail(
    server: Server, tx: Transaction, organization: Organization, invitation: MemberInvitation, link: str, language: str
) -> None:
    subject, body = LETTERS[language if language in LETTERS else "en"]
    words = {"name": organization.name, "title": server.settings.title, "link": link}
    await server.mail.queue(tx, invitation.email, subject.format(**words), body.format(**words))


LETTERS = {
    "en": (
        "{name} invites you on {title}",
        "You are invited to act for {name} on {title}, with your own login and your own password.\n\n"
        "Open this link to accept:\n{link}\n\nIt is good once, for seven days. "
        "If you do not know {name}, do nothing.\n",
    ),
    "fr": (
        "{name} vous invite sur {title}",
        "Vous êtes invité à agir au nom de {name} sur {title}, avec votre propre compte et votre propre mot de passe."
        "\n\nOuvrez ce lien pour accepter\u00a0:\n{link}\n\nIl est valable une seule fois, pendant sept jours. "
        "Si vous ne connaissez pas {name}, ne faites rien.\n",
    ),
}
