"""Accounts as pages show them."""

from mesange.core.accounts.model import Account
from mesange.front.emojis import pictured
from mesange.front.views import AccountView
from mesange.kit.ids import time_of
from mesange.kit.server import Server
from mesange.kit.web.frame import Person

BANDS = 8


def band_of(account_id: int) -> int:
    """The account's colour, the same everywhere and for ever."""
    return (time_of(account_id) + account_id) % BANDS


def url_of(account: Account) -> str:
    return f"/@{account.acct}"


def picture_url(name: str) -> str:
    return f"/media/{name}" if name else ""


def account_view(server: Server, account: Account) -> AccountView:
    name = account.display_name or account.username
    return AccountView(
        id=str(account.id),
        name=name,
        pictured=pictured(server, name),
        handle=f"@{account.acct}",
        url=url_of(account),
        band=band_of(account.id),
        avatar=picture_url(account.avatar),
        header=picture_url(account.header),
        is_bot=account.is_bot,
        is_locked=account.is_locked,
    )


def person_of(server: Server, account: Account) -> Person:
    view = account_view(server, account)
    return Person(
        view.id,
        view.name,
        view.pictured,
        view.handle,
        view.url,
        view.avatar,
        view.band,
        is_pseudonym=account.is_pseudonym,
        is_locked=account.is_locked,
    )
