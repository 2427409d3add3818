"""Files in the composer: sent with the form or ahead of it, described, taken away.

A part's fields end with its suffix: `files` (sent now), `media` (ids of what was sent before). A file's own fields
end with its id: `alt-7`, `focus-7`.
"""

import re
from dataclasses import dataclass, replace
from typing import Any, cast

from mesange.core.media.actions.changes import describe_media
from mesange.core.media.actions.processing import settle_media
from mesange.core.media.actions.uploads import upload_media, worded
from mesange.core.media.model import MOST_ATTACHED, MediaAttachment, MediaState, MediaWords, focus_of
from mesange.core.media.queries import list_media
from mesange.front.limits import MEDIA, count
from mesange.front.media import media_views
from mesange.front.views import MediaView
from mesange.front.visit import Visit, id_in, templates
from mesange.kit.errors import Invalid, MesangeError
from mesange.kit.web.parameters import FileUpload
from mesange.kit.web.response import Response

PATIENCE = 10.0
TAKE_AWAY = re.compile(r"take-([0-9]{1,19})")


@dataclass(frozen=True, slots=True)
class Attached:
    """The files of one part. `is_new` when some came with this form; `problem` says why one of them was refused."""

    media: tuple[MediaView, ...] = ()
    is_new: bool = False
    problem: str = ""


async def attached(visit: Visit, suffix: str, status_id: int = 0) -> Attached:
    """Those sent before, with the words typed for them, then those sent now. Files of other posts are left out.

    Raises what refuses the words; of a post that is changed (`status_id`) they are kept with the change only.
    """
    kept = [await _with_words(visit, media) for media in await _listed(visit, suffix, status_id)]
    files = [each for each in _several(visit.fields.get(f"files{suffix}")) if isinstance(each, FileUpload)]
    new, problem = await _taken(visit, [file for file in files if file.filename], MOST_ATTACHED - len(kept))
    return Attached(media_views([*kept, *new]), bool(new), problem)


async def _listed(visit: Visit, suffix: str, status_id: int) -> list[MediaAttachment]:
    taken_away = TAKE_AWAY.fullmatch(visit.text("do"))
    ids = [id_in(each) for each in _several(visit.fields.get(f"media{suffix}")) if isinstance(each, str)]
    wanted = [id for id in ids if id and not (taken_away and id == int(taken_away[1]))]
    found = await list_media(visit.server.db, visit.viewer, wanted[:MOST_ATTACHED])
    return [each for each in found if each.status_id in (None, status_id)]


def _several(given: Any) -> list[Any]:
    return cast("list[Any]", given) if isinstance(given, list) else [given]


async def _with_words(visit: Visit, media: MediaAttachment) -> MediaAttachment:
    words = words_typed(visit, media.id)
    if media.status_id is not None:
        return worded(media, words)
    return await describe_media(visit.server, visit.viewer, media.id, words)


def words_typed(visit: Visit, media_id: int) -> MediaWords:
    """None for what the form does not hold."""
    name = f"alt-{media_id}"
    words = visit.text(name).replace("\r\n", "\n").strip() if name in visit.fields else None
    return MediaWords(words, focus_of(visit.text(f"focus-{media_id}")))


async def _taken(visit: Visit, files: list[FileUpload], most: int) -> tuple[list[MediaAttachment], str]:
    """Those that are ready, and why the first other one is not."""
    media: list[MediaAttachment] = []
    problem = ""
    try:
        if len(files) > most:
            raise Invalid(f"Validation failed: Cannot attach more than {MOST_ATTACHED} files")
        for file in files:
            count(visit, MEDIA)
            media.append(await upload_media(visit.server, visit.viewer, file.path, MediaWords()))
    except MesangeError as error:
        problem = visit.gettext(error.public_text)
    ids = [each.id for each in media]
    await settle_media(visit.server, ids, PATIENCE)
    seen = await list_media(visit.server.db, visit.viewer, ids)
    failures = [visit.gettext(each.failure) for each in seen if each.state is MediaState.FAILED]
    return [each for each in seen if each.state is not MediaState.FAILED], problem or next(iter(failures), "")


async def take_one(visit: Visit) -> Response:
    """A file sent ahead of its form by the page's script: the fields for its words, or why it is refused."""
    suffix = visit.text("suffix")
    taken = await attached(replace(visit, fields={"files": visit.fields.get("files")}), "")
    if taken.problem or not taken.media:
        response = visit.fragment(taken.problem)
        response.status = 422
        return response
    row = templates().macro(visit.language, "components/attach.html", "row")
    return visit.fragment(str(row(taken.media[0], suffix if re.fullmatch(r"(_[0-9]{1,2})?", suffix) else "")))
