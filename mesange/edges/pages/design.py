"""Every component in each of its states and colours, on one page: what to build with, and where to see a change."""

from dataclasses import replace

from markupsafe import Markup, escape

from mesange.edges.pages.design_calendar import calendars
from mesange.front.asking import Question
from mesange.front.tails import TailView
from mesange.front.views import AccountView, Card, Draft, PartView, PersonRow, StatusView
from mesange.front.visit import THEMES, Visit, templates
from mesange.kit.clock import DAY
from mesange.kit.web.catalogue import marked as _
from mesange.kit.web.frame import Form, Frame, Person
from mesange.kit.web.response import Response

NAME, HANDLE, URL = "Inès Kermarrec", "@ines", "/design"
LONG = "Donaudampfschifffahrtsgesellschaft" * 2
AUTHOR = AccountView("0", NAME, escape(NAME), HANDLE, URL, 0)
PEOPLE = [
    PersonRow(AUTHOR),
    PersonRow(AccountView("0", "مريم", escape("مريم"), "@maryam", URL, 2)),
    PersonRow(AccountView("0", LONG, escape(LONG), f"@{LONG.lower()}", URL, 4)),
]
WRITER = Person("0", NAME, escape(NAME), HANDLE, URL, "", 0)
NUMBERS = (3, 8, 5, 0, 13, 21, 9, 2, 4, 17, 12, 6, 1, 30)
QUESTION = Question(
    title=_("Delete this post?"),
    text=_("It disappears here and from everyone's pages, with its favourites and boosts."),
    verb=_("Delete it"),
    action=URL,
    back=URL,
)


async def show(visit: Visit) -> Response:
    visit.is_indexable = False
    frame = await visit.frame()
    said = replace(QUESTION, **{name: visit.gettext(getattr(QUESTION, name)) for name in ("title", "text", "verb")})
    return await visit.page(
        "design.html",
        themes=[(theme, _composer(visit, frame, theme)) for theme in THEMES],
        cards=_cards(visit),
        people=PEOPLE,
        author=AUTHOR,
        calendars=calendars(visit),
        question=said,
        days=[(frame.now - (len(NUMBERS) - at) * DAY, number) for at, number in enumerate(NUMBERS)],
        wrong=Form.of({}, **dict.fromkeys(THEMES, visit.gettext(_("Give it a title.")))),
    )


def _composer(visit: Visit, frame: Frame, theme: str) -> Markup:
    part = PartView(form=Form.of({"text": visit.gettext(_("The tide is out, the light is low."))}))
    draft = Draft(URL, once="", verb=visit.gettext(_("Post")), max_signs=140, key=theme, parts=(part,))
    composer = templates().macro(visit.language, "components/composer.html", "composer", replace(frame, person=WRITER))
    return Markup(composer(draft))  # noqa: S704  (a macro of ours)


def _cards(visit: Visit) -> list[Card]:
    """A post as it is, boosted and marked by the reader, and behind a warning."""
    plain = StatusView(
        id="0",
        url=URL,
        account=AUTHOR,
        content=Markup("<p>{}</p>").format(visit.gettext(_("The tide is out, the light is low."))),
        visibility="public",
        created_at=visit.server.clock.now(),
    )
    warned = replace(plain, warning=escape(visit.gettext(_("Sensitive"))), visibility="private", edited_at=1)
    untouched = TailView("0", URL, "0", HANDLE, replies=2)
    pressed = replace(untouched, boosts=1_200, favourites=31, is_boosted=True, is_favourite=True, is_bookmarked=True)
    return [
        _card(visit, plain, untouched),
        replace(_card(visit, plain, pressed), booster=AUTHOR, is_pinned=True),
        _card(visit, warned, replace(untouched, can_boost=False)),
    ]


def _card(visit: Visit, status: StatusView, tail: TailView) -> Card:
    head = templates().macro(visit.language, "components/post.html", "head")
    foot = templates().macro(visit.language, "components/post.html", "tail")
    when = visit.gettext(_("now"))
    return Card("0", "0", Markup(head(status, when)), Markup(foot(tail, "person")))  # noqa: S704  (macros of ours)
