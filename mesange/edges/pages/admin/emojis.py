"""The emoji of this place: brought, named, offered or not, taken away."""

from dataclasses import dataclass

from mesange.core.emojis.actions import add_emoji, change_emoji, remove_emoji
from mesange.core.emojis.model import MOST_CATEGORY, CustomEmoji
from mesange.core.emojis.queries import known_emojis
from mesange.core.moderation.actions.log import note
from mesange.edges.pages.admin.sections import admin_page
from mesange.front.asking import Question, ask
from mesange.front.errors import refused, told_of
from mesange.front.faces import picture_url
from mesange.front.visit import Visit
from mesange.kit.errors import Invalid, MesangeError, NotFound
from mesange.kit.web.catalogue import marked as _
from mesange.kit.web.frame import Form
from mesange.kit.web.parameters import Upload
from mesange.kit.web.response import Response

PATH = "/admin/emojis"


@dataclass(frozen=True, slots=True)
class EmojiView:
    shortcode: str
    image: str
    category: str
    is_hidden: bool


async def show(visit: Visit) -> Response:
    return await _page(visit, Form())


async def _page(visit: Visit, form: Form, error: MesangeError | None = None) -> Response:
    known = await known_emojis(visit.server)
    by_category = sorted(known.values(), key=lambda each: (each.category.casefold(), each.shortcode))
    return await admin_page(
        visit,
        "emojis.html",
        status=error.http_status if error else 200,
        emojis=[_view(each) for each in by_category],
        most_category=MOST_CATEGORY,
        form=form,
        notices=told_of(visit, error) if error else (),
    )


def _view(emoji: CustomEmoji) -> EmojiView:
    return EmojiView(emoji.shortcode, picture_url(emoji.image), emoji.category, emoji.is_hidden)


async def send(visit: Visit) -> Response:
    """A new one, or another category for `change`."""
    typed = {name: visit.text(name) for name in ("shortcode", "category")}
    if shortcode := visit.text("change"):
        is_hidden = bool(visit.text("is_hidden"))
        await change_emoji(visit.server, shortcode, typed["category"], is_hidden=is_hidden)
        await note(visit.server, visit.viewer, "emoji hidden" if is_hidden else "emoji shown", f"emoji:{shortcode}")
        return visit.back(PATH, told="saved")
    sent = visit.fields.get("image")
    try:
        if not isinstance(sent, Upload) or not sent.content:
            raise Invalid("Choose a file first.", field="image")
        made = await add_emoji(visit.server, typed["shortcode"], sent.content, typed["category"])
    except Invalid as error:
        return await _page(visit, refused(visit, typed, _beside_its_field(error)), error)
    await note(visit.server, visit.viewer, "emoji added", f"emoji:{made.shortcode}")
    return visit.back(PATH, told="saved")


def _beside_its_field(error: Invalid) -> Invalid:
    """What is said of a picture names no field."""
    return error if error.field else Invalid(error.public_text, field="image")


async def ask_delete(visit: Visit) -> Response:
    found = await _asked(visit)
    question = Question(
        title=_("Delete the emoji :%(shortcode)s:?"),
        named={"shortcode": found.shortcode},
        back=PATH,
        action=f"{PATH}/{found.shortcode}/delete",
        text=_("Its picture is deleted. Posts and names that hold it show its shortcode from now on."),
        verb=_("Delete it"),
    )
    return await ask(visit, question, place="shield")


async def delete(visit: Visit) -> Response:
    found = await _asked(visit)
    await remove_emoji(visit.server, found.shortcode)
    await note(visit.server, visit.viewer, "emoji deleted", f"emoji:{found.shortcode}")
    return visit.back(PATH, told="saved")


async def _asked(visit: Visit) -> CustomEmoji:
    found = (await known_emojis(visit.server)).get(visit.request.segments["shortcode"])
    if found is None:
        raise NotFound()
    return found
