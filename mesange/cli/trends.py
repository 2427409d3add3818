"""`mesange admin trends …`: see what trends, and decide what may be shown."""

from typing import TYPE_CHECKING, Annotated

import typer

from mesange.cli.running import DataOption, fail, with_server
from mesange.kit.server import Server

if TYPE_CHECKING:
    from mesange.core.discovery.model import Review

app = typer.Typer(no_args_is_help=True, help="What many speak of: see it, and decide what may be shown.")
Id = Annotated[int, typer.Argument(help="Number of the trend, as `list` prints it.")]


@app.command("list")
def list_them(
    review: Annotated[str, typer.Argument(help="pending, approved or rejected.")] = "pending",
    data: DataOption = None,
) -> None:
    """Print the trends that wait for a decision, or were decided so: number, kind, what it is."""
    from mesange.core.discovery.actions import rank_trends
    from mesange.core.discovery.model import Review, TrendKind
    from mesange.core.discovery.queries import list_reviewable

    if review not in list(Review):
        fail(f"there is no {review!r}. There are: {', '.join(Review)}.")

    async def work(server: Server) -> list[str]:
        await rank_trends(server)
        found = [trend for kind in TrendKind for trend in await list_reviewable(server, kind, Review(review))]
        return [f"{trend.id}  {trend.kind.value:8}{trend.key}" for trend in found]

    lines = with_server(work, data)
    typer.echo("\n".join(lines) if lines else "Nothing here.")


@app.command()
def approve(trend: Id, data: DataOption = None) -> None:
    """Let a trend be shown."""
    from mesange.core.discovery.model import Review

    _review(trend, Review.APPROVED, data)


@app.command()
def reject(trend: Id, data: DataOption = None) -> None:
    """Never show a trend."""
    from mesange.core.discovery.model import Review

    _review(trend, Review.REJECTED, data)


def _review(trend_id: int, review: "Review", data: DataOption) -> None:
    from mesange.core.accounts.model import UserRole, Viewer
    from mesange.core.discovery.actions import review_trend
    from mesange.kit.errors import NotFound

    async def work(server: Server) -> str:
        try:
            trend = await review_trend(server, Viewer(role=UserRole.OWNER), trend_id, review)
        except NotFound:
            fail(f"there is no trend {trend_id}.")
        return f"{trend.kind.value} {trend.key} is {trend.review.value}."

    typer.echo(with_server(work, data))
