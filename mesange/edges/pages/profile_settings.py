"""Changing one's profile: words, pictures, facts, how open it is."""

import json

import msgspec

from mesange.core.accounts.actions.accounts import ProfileChange, profile_after
from mesange.core.accounts.model import MOST_FIELDS, Account
from mesange.core.accounts.queries import get_account
from mesange.core.media.actions.portraits import change_profile_and_portraits
from mesange.edges.pages.profile import ProfileView, profile_view
from mesange.front.errors import refused, told_of
from mesange.front.faces import picture_url
from mesange.front.visit import Visit, templates
from mesange.kit.errors import BadRequest, Invalid, MesangeError, Unavailable
from mesange.kit.images import ImageKind
from mesange.kit.web.frame import Form
from mesange.kit.web.parameters import Upload
from mesange.kit.web.response import Response


class Fact(msgspec.Struct):
    """A line of the profile: `fields_attributes[0][name]` and `[value]` of the form."""

    name: str = ""
    value: str = ""


WORDS = ("display_name", "note")
CHOICES = ("locked", "bot", "discoverable", "indexable")


async def show(visit: Visit) -> Response:
    account = await get_account(visit.server, visit.viewer.account_id)
    return await _page(visit, account, Form.of(values_of(account)))


async def _page(
    visit: Visit, account: Account, form: Form, error: MesangeError | None = None, seen: ProfileView | None = None
) -> Response:
    return await visit.page(
        "settings_profile.html",
        status=error.http_status if error else 200,
        place="gear",
        form=form,
        header=picture_url(account.header),
        seen=seen or await profile_view(visit, account),
        notices=told_of(visit, error) if error else (),
    )


async def preview(visit: Visit) -> Response:
    """What others would see; nothing is kept. Pictures are not sent for it."""
    before = await get_account(visit.server, visit.viewer.account_id)
    try:
        seen = await profile_view(visit, profile_after(before, _change(visit)))
    except Invalid as error:
        return await _page(visit, before, refused(visit, _typed(visit), error), error)
    if not visit.is_fragment:
        return await _page(visit, before, Form.of(_typed(visit)), seen=seen)
    show_it = templates().macro(visit.language, "profile_parts.html", "seen_by_others", await visit.frame())
    return visit.fragment(show_it(seen))


def values_of(account: Account) -> dict[str, str]:
    values = {"display_name": account.display_name, "note": account.note}
    for index, (name, value) in enumerate(json.loads(account.fields)):
        values |= {f"field_name_{index}": name, f"field_value_{index}": value}
    for choice in CHOICES:
        values[choice] = "1" if getattr(account, f"is_{choice}") else ""
    return values


async def save(visit: Visit) -> Response:
    before = await get_account(visit.server, visit.viewer.account_id)
    try:
        await change_profile_and_portraits(visit.server, visit.viewer, _change(visit), _pictures(visit))
    except (Invalid, Unavailable) as error:
        return await _page(visit, before, refused(visit, _typed(visit), error), error)
    return visit.back("/settings/profile", told="saved")


def _pictures(visit: Visit) -> dict[ImageKind, bytes]:
    sent = {kind: visit.fields.get(kind.value) for kind in ImageKind}
    return {kind: given.content for kind, given in sent.items() if isinstance(given, Upload) and given.content}


def _change(visit: Visit) -> ProfileChange:
    return ProfileChange(
        display_name=visit.text("display_name"),
        note=visit.text("note"),
        fields=_facts(visit),
        is_locked=bool(visit.text("locked")),
        is_bot=bool(visit.text("bot")),
        is_discoverable=bool(visit.text("discoverable")),
        is_indexable=bool(visit.text("indexable")),
    )


def _facts(visit: Visit) -> list[tuple[str, str]]:
    try:
        lines = msgspec.convert(visit.fields.get("fields_attributes", []), list[Fact])
    except msgspec.ValidationError:
        raise BadRequest() from None
    return [(line.name, line.value) for line in lines[:MOST_FIELDS]]


def _typed(visit: Visit) -> dict[str, str]:
    values = {name: visit.text(name) for name in (*WORDS, *CHOICES)}
    for index, (name, value) in enumerate(_facts(visit)):
        values |= {f"field_name_{index}": name, f"field_value_{index}": value}
    return values
