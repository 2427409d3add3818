"""Around a guarded change: the letter that asks for a second person, and the way back of a hidden account."""

from mesange.core.accounts.model import Account
from mesange.core.archives.model import GuardedChange
from mesange.core.teams.model import Organization
from mesange.events.accounts import AccountUpdated, StandingChanged
from mesange.kit.db import Transaction
from mesange.kit.server import Server


async def call_for_second(
    server: Server, tx: Transaction, organization: Organization, account: Account, change: GuardedChange
) -> None:
    """A letter to every other owner and admin of the whole organization."""
    rows = await tx.rows(
        "SELECT email, locale FROM users WHERE disabled_at IS NULL AND id <> ? AND id IN (SELECT user_id "
        "FROM memberships WHERE organization_id = ? AND role IN ('owner', 'admin') AND brand_id IS NULL "
        "AND account_id IS NULL)",
        change.asked_by,
        organization.id,
    )
    link = f"{server.settings.public_origin}/organizations/{organization.handle}/guard"
    for email, locale in rows:
        subject, body = LETTERS[locale]
        words = {"name": account.username, "kind": KINDS[locale][change.kind], "link": link, "of": organization.name}
        await server.mail.queue(tx, email, subject.format(**words), body.format(**words))


async def bring_back_account(tx: Transaction, account_id: int) -> None:
    """What was hidden is seen again, as it was."""
    await tx.execute(
        "UPDATE accounts SET withdrawn_at = NULL, deleted_at = NULL WHERE id = ? AND withdrawn_at IS NOT NULL",
        account_id,
    )
    tx.emit(AccountUpdated(account_id=account_id))
    tx.emit(StandingChanged(account_id=account_id))


KINDS = {
    "en": {
        "deletion": "close it for good",
        "renaming": "give it another name",
        "mass deletion": "delete all its posts",
        "transfer": "hand it over to another organization",
    },
    "fr": {
        "deletion": "le fermer définitivement",
        "renaming": "lui donner un autre nom",
        "mass deletion": "supprimer toutes ses publications",
        "transfer": "le confier à une autre organisation",
    },
}
LETTERS = {
    "en": (
        "@{name}: somebody must decide with a second person",
        "A colleague of {of} asks about the account @{name}: {kind}.\n\nNothing happens before a second person "
        "approves. Look at it here, or call it back:\n{link}\n",
    ),
    "fr": (
        "@{name}\u00a0: une décision attend une deuxième personne",
        "Un collègue de {of} demande, pour le compte @{name}\u00a0: {kind}.\n\nRien ne se passe avant l’accord d’une "
        "deuxième personne. À voir ici, ou à annuler\u00a0:\n{link}\n",
    ),
}
