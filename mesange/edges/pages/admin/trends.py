"""Trends that wait for a decision, and those that were decided."""

from dataclasses import dataclass

from mesange.core.discovery.actions import review_trend
from mesange.core.discovery.model import Review, TrendKind
from mesange.core.discovery.queries import list_reviewable, load_histories
from mesange.core.statuses.queries import load_statuses
from mesange.edges.pages.admin.sections import admin_page
from mesange.front.content import hashtag_url
from mesange.front.views import Tab
from mesange.front.visit import Visit
from mesange.kit.text import excerpt
from mesange.kit.web.catalogue import marked as _
from mesange.kit.web.response import Response

SIGNS_SHOWN = 140
REVIEWS = {"pending": _("Waiting"), "approved": _("Shown"), "rejected": _("Never shown")}
KINDS = {TrendKind.HASHTAG: "list", TrendKind.LINK: "link", TrendKind.STATUS: "star"}


@dataclass(frozen=True, slots=True)
class ReviewView:
    id: str
    icon: str
    title: str
    url: str
    people: int


async def show(visit: Visit) -> Response:
    review = Review(visit.text("review")) if visit.text("review") in REVIEWS else Review.PENDING
    return await admin_page(
        visit,
        "trends.html",
        review=review.value,
        rule=visit.server.settings.trends,
        tabs=[
            Tab(visit.gettext(label), f"/admin/trends?review={name}", name == review.value)
            for name, label in REVIEWS.items()
        ],
        trends=[view for kind in TrendKind for view in await _views(visit, kind, review)],
    )


async def _views(visit: Visit, kind: TrendKind, review: Review) -> list[ReviewView]:
    found = await list_reviewable(visit.server, kind, review)
    days = await load_histories(visit.server, [trend.id for trend in found])
    statuses = await load_statuses(visit.server, [int(trend.key) for trend in found if kind is TrendKind.STATUS])
    texts = {str(status.id): excerpt(status.text, SIGNS_SHOWN) for status in statuses.values()}
    return [
        ReviewView(
            str(trend.id), KINDS[kind], texts.get(trend.key, trend.key), _url(kind, trend.key), days[trend.id][0].people
        )
        for trend in found
        if kind is not TrendKind.STATUS or trend.key in texts
    ]


def _url(kind: TrendKind, key: str) -> str:
    match kind:
        case TrendKind.HASHTAG:
            return hashtag_url(key)
        case TrendKind.STATUS:
            return f"/statuses/{key}"
        case TrendKind.LINK:
            return key


async def decide(visit: Visit) -> Response:
    verdict = Review.APPROVED if visit.text("approve") else Review.REJECTED
    trend_id = visit.id("approve") or visit.id("reject")
    await review_trend(visit.server, visit.viewer, trend_id, verdict)
    return visit.back("/admin/trends", told="saved")
