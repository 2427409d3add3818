"""The figures as one table: for the terminal, and as Markdown for the documentation."""

from collections.abc import Sequence

from bench.figure import Figure

HEADINGS = ("figure", "measured", "goal", "", "detail")


def as_text(figures: Sequence[Figure]) -> str:
    rows = [HEADINGS, *map(_cells, figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )


def as_markdown(figures: Sequence[Figure]) -> str:
    rows = [HEADINGS, ("---", "---:", "---:", "---", "---"), *map(_cells, figures)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _cells(figure: Figure) -> tuple[str, ...]:
    return (figure.name, figure.measured, figure.target, figure.verdict.value, figure.detail)
