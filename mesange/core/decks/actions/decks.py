"""Making, naming, sharing and deleting decks."""

from dataclasses import replace

from mesange.core.accounts.model import Viewer, acting_account
from mesange.core.accounts.queries import load_accounts
from mesange.core.decks.actions.holding import held_deck
from mesange.core.decks.model import MOST_DECKS, STARTERS, Column, Deck
from mesange.core.decks.queries import get_changeable_deck, get_own_deck, list_columns
from mesange.core.decks.tables import deck_columns, decks
from mesange.core.teams.queries import list_memberships
from mesange.kit.errors import Invalid
from mesange.kit.server import Server
from mesange.kit.text import checked_title


async def create_deck(server: Server, viewer: Viewer, title: str) -> Deck:
    """A deck with a few columns to begin with. Raises Invalid, also when the login has as many as one may."""
    acting_account(viewer)
    deck = Deck(server.ids.next(), viewer.user_id, checked_title(title))
    async with server.db.transaction() as tx:
        await tx.row("SELECT id FROM users WHERE id = ? FOR UPDATE", viewer.user_id)
        if await tx.value("SELECT count(*) FROM decks WHERE user_id = ?", viewer.user_id) >= MOST_DECKS:
            raise Invalid("You have as many decks as one may. Delete one to make another.", field="title")
        await tx.insert(decks, deck)
        for position, kind in enumerate(STARTERS):
            await tx.insert(deck_columns, Column(server.ids.next(), deck.id, position, kind))
    return deck


async def rename_deck(server: Server, viewer: Viewer, deck_id: int, title: str) -> None:
    """Raises NotFound, Forbidden, Invalid."""
    title = checked_title(title)
    async with server.db.transaction() as tx:
        deck = await held_deck(tx, await get_changeable_deck(tx, viewer, deck_id))
        await tx.update(decks, replace(deck, title=title))


async def share_deck(server: Server, viewer: Viewer, deck_id: int, organization_id: int | None) -> None:
    """Let the members of an organization read it; None: nobody else any more.

    Raises NotFound, Forbidden for another's deck, Invalid when it would tell which accounts belong together.
    """
    async with server.db.transaction() as tx:
        deck = await held_deck(tx, await get_own_deck(tx, viewer, deck_id))
        if organization_id is not None:
            memberships = await list_memberships(tx, viewer.user_id)
            if organization_id not in {each.organization_id for each in memberships}:
                raise Invalid("You are not a member of this organization.", field="organization")
            columns = await list_columns(tx, deck.id)
            accounts = await load_accounts(server, {each.account_id for each in columns if each.account_id})
            if any(each.is_pseudonym or each.organization_id != organization_id for each in accounts.values()):
                raise Invalid(
                    "A shared deck is read as accounts of the organization only, so that nobody learns which others "
                    "are yours. Remove the columns that are read as another account first.",
                    field="organization",
                )
        await tx.update(decks, replace(deck, organization_id=organization_id))


async def delete_deck(server: Server, viewer: Viewer, deck_id: int) -> None:
    """Raises NotFound, Forbidden for another's."""
    async with server.db.transaction() as tx:
        deck = await held_deck(tx, await get_own_deck(tx, viewer, deck_id))
        await tx.execute("DELETE FROM deck_columns WHERE deck_id = ?", deck.id)
        await tx.execute("DELETE FROM decks WHERE id = ?", deck.id)
