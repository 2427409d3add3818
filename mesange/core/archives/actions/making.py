"""Making an archive: a job that claims a row, writes the file, and writes to its owner."""

from mesange.core.accounts.queries import find_account, find_user
from mesange.core.archives.actions.archives import archive_path
from mesange.core.archives.actions.claims import claim, tell_progress
from mesange.core.archives.model import Archive, Work
from mesange.core.archives.queries.documents import Contents
from mesange.core.archives.queries.lists_of_people import Pieces
from mesange.core.archives.tables import archives
from mesange.kit.clock import DAY, SECOND
from mesange.kit.db import Transaction
from mesange.kit.errors import Unavailable
from mesange.kit.logging import log
from mesange.kit.server import Server
from mesange.kit.zipped import ZipWriter

TELL_EVERY = 2 * SECOND


async def make_archives(server: Server) -> None:
    """Make every archive that waits, one after the other."""
    while archive := await claim(server, archives):
        try:
            await _make(server, archive)
        except (OSError, Unavailable):
            log.exception("archive failed", archive=archive.id)
            await _give_up(server, archive)


async def _make(server: Server, archive: Archive) -> None:
    account = await find_account(server, archive.account_id)
    if account is None or account.deleted_at is not None:
        await _give_up(server, archive)
        return
    contents = Contents(server, account, archive.user_id)
    path = archive_path(server.settings, archive.file)
    async with ZipWriter(path) as zipped:
        for name, pieces in contents.documents():
            await zipped.add(name, _told(server, archive, contents, pieces))
        async for name, pieces in contents.files():  # Pictures and films are as small as they get.
            await zipped.add(name, _told(server, archive, contents, pieces), is_compressed=False)
    async with server.db.transaction() as tx:
        await tx.execute(
            "UPDATE archives SET state = ?, done = ?, size = ?, expires_at = ?, claimed_at = NULL WHERE id = ?",
            Work.READY.value,
            contents.done,
            path.stat().st_size,
            server.clock.now() + server.settings.archive_days * DAY,
            archive.id,
        )
        await _write_to_owner(server, tx, archive, account.acct)


async def _told(server: Server, archive: Archive, contents: Contents, pieces: Pieces) -> Pieces:
    """The same pieces; every few seconds the row says how far it came."""
    told_at = server.clock.now()
    async for piece in pieces:
        yield piece
        if server.clock.now() - told_at > TELL_EVERY:
            told_at = server.clock.now()
            await tell_progress(server, archives, archive.id, done=contents.done)


async def _give_up(server: Server, archive: Archive) -> None:
    async with server.db.transaction() as tx:
        await tx.execute("UPDATE archives SET state = ?, claimed_at = NULL WHERE id = ?", Work.FAILED.value, archive.id)


async def _write_to_owner(server: Server, tx: Transaction, archive: Archive, name: str) -> None:
    """The mail holds no link that would open the archive: who reads it elsewhere gains nothing."""
    user = await find_user(tx, archive.user_id)
    if user:
        subject, body = LETTERS[user.locale]
        link = f"{server.settings.public_origin}/settings/data"
        text = body.format(name=name, link=link, days=server.settings.archive_days)
        await server.mail.queue(tx, user.email, subject.format(title=server.settings.title), text)


LETTERS = {
    "en": (
        "Your archive of {title} is ready",
        "The archive of @{name} is ready. Sign in and fetch it here:\n{link}\n\nIt stays there for {days} days. "
        "If you did not ask for it, end your other sessions and choose a new password.\n",
    ),
    "fr": (
        "Votre archive de {title} est prête",
        "L’archive de @{name} est prête. Connectez-vous et prenez-la ici :\n{link}\n\nElle y reste {days} jours. "
        "Si vous ne l’avez pas demandée, fermez vos autres sessions et choisissez un nouveau mot de passe.\n",
    ),
}
