"""Before something is lost: what it is, and two ways on. A page of its own, or a dialog where scripts run."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from markupsafe import Markup

from mesange.front.visit import Visit, templates
from mesange.kit.web.response import Response


@dataclass(frozen=True, slots=True)
class Choices:
    """How far it goes: `name` of the field, what is chosen, and (value, words) with the first one ready."""

    name: str
    label: str
    options: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Sentences in English; `named` fills in the title. The form goes to `action`; `quoted` will be lost."""

    title: str
    named: Mapping[str, object] = field(default_factory=dict[str, object])
    text: str
    verb: str
    action: str
    back: str
    quoted: str | Markup = ""
    other_verb: str = ""
    other_action: str = ""
    choices: Choices | None = None


async def ask(visit: Visit, question: Question, place: str = "") -> Response:
    said = replace(
        question,
        title=visit.gettext(question.title, **question.named),
        text=visit.gettext(question.text),
        verb=visit.gettext(question.verb),
        other_verb=visit.gettext(question.other_verb) if question.other_verb else "",
    )
    if not visit.is_fragment:
        return await visit.page("sure.html", place=place, question=said)
    asking = templates().macro(visit.language, "components/dialog.html", "asking", await visit.frame())
    return visit.fragment(asking(said))
