"""Every command: `mesange serve | demo | migrate | replay | doctor | backup | restore | admin … | import …`."""

import typer

from mesange.cli import (
    administration,
    archives,
    care,
    doctor,
    furnishing,
    importing,
    keeping,
    newcomers,
    serving,
    showing,
    trends,
)

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)
app.command()(serving.serve)
app.command()(care.migrate)
app.command()(care.replay)
app.command()(doctor.doctor)
app.command()(showing.demo)
app.command()(keeping.backup)
app.command()(keeping.restore)
app.command()(archives.verify_archive)
administration.app.command()(archives.delete_account)
furnishing.register(administration.app)
newcomers.register(administration.app)
administration.app.add_typer(trends.app, name="trends")
app.add_typer(administration.app, name="admin")
app.add_typer(importing.app, name="import")


def main() -> None:
    app()
