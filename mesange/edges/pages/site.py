"""What this place says of itself: rules, privacy, terms, contact."""

from markupsafe import Markup

from mesange.core.accounts.queries import find_account_by_acct
from mesange.core.moderation.model import SiteTextName
from mesange.core.moderation.queries import list_rules, read_site_text
from mesange.front.faces import account_view
from mesange.front.views import AccountView
from mesange.front.visit import Visit
from mesange.kit.text import prose_html
from mesange.kit.web.catalogue import marked as _
from mesange.kit.web.response import Response

TITLES = {
    SiteTextName.PRIVACY: _("Privacy"),
    SiteTextName.TERMS: _("Terms of use"),
    SiteTextName.CONTACT: _("Contact"),
}


async def rules(visit: Visit) -> Response:
    found = await list_rules(visit.server.db)
    shown = [(str(rule.id), rule.text_in(visit.language), rule.hint_in(visit.language)) for rule in found]
    return await visit.page("rules.html", rules=shown)


async def privacy(visit: Visit) -> Response:
    return await _text(visit, SiteTextName.PRIVACY)


async def terms(visit: Visit) -> Response:
    return await _text(visit, SiteTextName.TERMS)


async def contact(visit: Visit) -> Response:
    account, email = await keeper(visit), visit.server.settings.contact_email
    is_unreachable = account is None and not email
    return await _text(visit, SiteTextName.CONTACT, email=email, account=account, is_unreachable=is_unreachable)


async def keeper(visit: Visit) -> AccountView | None:
    """The account of the people who keep this server, if they named one that stands."""
    name = visit.server.settings.contact_account
    found = await find_account_by_acct(visit.server, name) if name else None
    return account_view(visit.server, found) if found and not found.is_hidden else None


async def _text(visit: Visit, name: SiteTextName, **more: object) -> Response:
    text = await read_site_text(visit.server, name, visit.language)
    return await visit.page(
        "site_text.html",
        title=visit.gettext(TITLES[name]),
        html=Markup(prose_html(text.body)),  # noqa: S704 - escaped there
        updated_at=text.updated_at,
        **({"email": "", "account": None, "is_unreachable": False} | more),  # type: ignore[arg-type]  # the names are the fields
    )
