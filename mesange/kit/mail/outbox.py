"""The port through which the rooms write mails, and the job that sends them."""

import re
from dataclasses import replace

from mesange.kit.clock import DAY, HOUR, MINUTE, Clock
from mesange.kit.db import Database, Transaction
from mesange.kit.errors import Invalid
from mesange.kit.ids import Ids
from mesange.kit.logging import log
from mesange.kit.mail.addresses import email_address
from mesange.kit.mail.carriers import Carrier, Letter, Rejected, Terminal
from mesange.kit.mail.queued import QueuedMail, mails
from mesange.kit.mail.smtp import Smtp
from mesange.kit.paging import Page
from mesange.kit.settings import Settings

LONGEST_SUBJECT = 200
LONGEST_REASON = 300
MOST_SENT_AT_ONCE = 50
# How long a mail waits after each try; after the last one we give up. A try that this process does not survive counts.
PATIENCE = (MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 6 * HOUR, 12 * HOUR, DAY)
CONTROL_CHARACTER = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")


class Mail:
    """The port: `queue` in a transaction, `send_due` from a job, `list_newest` for the outbox page."""

    def __init__(self, db: Database, clock: Clock, ids: Ids, carrier: Carrier, sender: str) -> None:
        self._db = db
        self._clock = clock
        self._ids = ids
        self._carrier = carrier
        self._sender = sender

    @property
    def is_kept_here(self) -> bool:
        """Whether mails stay readable here: the outbox page exists only then."""
        return self._carrier.keeps_bodies

    async def queue(self, tx: Transaction, to: str, subject: str, text: str) -> None:
        """Send this with the commit of `tx`, or not at all. Raises Invalid for a recipient or subject of bad form."""
        if CONTROL_CHARACTER.search(subject) or len(subject) > LONGEST_SUBJECT:
            raise Invalid("This subject cannot be sent.")
        now = self._clock.now()
        mail = QueuedMail(self._ids.next(), email_address(to), subject, text, now, None, 0, now, None)
        await tx.insert(mails, mail)

    async def list_page(self, page: Page, *, only_failed: bool = False) -> list[QueuedMail]:
        """Newest first, without their texts: these are between us and the person."""
        failed = "AND failed_reason IS NOT NULL " if only_failed else ""
        sql = f"SELECT {mails.columns} FROM mails WHERE id < ? AND id > ? {failed}ORDER BY id {page.order} LIMIT ?"
        rows = await self._db.rows(sql, page.below, page.above, page.limit)
        return page.newest_first([replace(mails.load(row), body="") for row in rows])

    async def list_newest(self, limit: int = 50) -> list[QueuedMail]:
        sql = f"SELECT {mails.columns} FROM mails ORDER BY id DESC LIMIT ?"
        return [mails.load(row) for row in await self._db.rows(sql, limit)]

    async def hold_back(self) -> int:
        """Send nothing of what waits: another server may have sent it. How many mails that are."""
        async with self._db.transaction() as tx:
            return await tx.execute(
                "UPDATE mails SET failed_reason = ?, next_attempt_at = NULL WHERE next_attempt_at IS NOT NULL",
                "held back: it waited when the backup was taken that this server was restored from",
            )

    async def send_due(self) -> None:
        """Carry what is due, oldest first; stop at the first trouble of the carrier, for the next would meet it too."""
        for _ in range(MOST_SENT_AT_ONCE):
            mail = await self._claimed()
            if mail is None or not await self._is_settled(mail):
                return

    async def _claimed(self) -> QueuedMail | None:
        """The next due mail, already counted as tried, so that two servers never carry it at once."""
        now = self._clock.now()
        row = await self._db.row(
            f"SELECT {mails.columns} FROM mails WHERE next_attempt_at <= ? ORDER BY next_attempt_at, id LIMIT 1", now
        )
        if row is None:
            return None
        mail = mails.load(row)
        async with self._db.transaction() as tx:
            is_ours = await tx.execute(
                "UPDATE mails SET attempts = attempts + 1, next_attempt_at = ? WHERE id = ? AND next_attempt_at = ?",
                now + PATIENCE[min(mail.attempts, len(PATIENCE) - 1)],
                mail.id,
                mail.next_attempt_at,
            )
        return mail if is_ours else None

    async def _is_settled(self, mail: QueuedMail) -> bool:
        """Carry one mail; false when the carrier is in trouble."""
        domain = self._sender.rpartition("@")[2]
        letter = Letter(f"<{mail.id}@{domain}>", self._sender, mail.recipient, mail.subject, mail.body)
        try:
            await self._carrier.carry(letter)
        except Rejected as error:
            await self._give_up(mail, str(error))
        except OSError as error:
            log.warning("mail not sent", mail=mail.id, tries=mail.attempts + 1, error=type(error).__name__)
            if mail.attempts + 1 > len(PATIENCE):
                await self._give_up(mail, f"{type(error).__name__}: {error}")
            return False
        else:
            await self._note_sent(mail)
        return True

    async def _note_sent(self, mail: QueuedMail) -> None:
        # The body of a sent mail may hold a link that resets a password: it does not stay.
        body = mail.body if self._carrier.keeps_bodies else ""
        async with self._db.transaction() as tx:
            await tx.execute(
                "UPDATE mails SET sent_at = ?, next_attempt_at = NULL, body = ? WHERE id = ?",
                self._clock.now(),
                body,
                mail.id,
            )

    async def _give_up(self, mail: QueuedMail, reason: str) -> None:
        log.warning("mail given up", mail=mail.id, tries=mail.attempts + 1)
        async with self._db.transaction() as tx:
            await tx.execute(
                "UPDATE mails SET failed_reason = ?, next_attempt_at = NULL, body = '' WHERE id = ?",
                reason[:LONGEST_REASON],
                mail.id,
            )


def open_mail(settings: Settings, db: Database, clock: Clock, ids: Ids) -> Mail:
    """Mail by the SMTP server of the settings, or by the terminal when there is none."""
    carrier = Smtp(settings.smtp_url) if settings.smtp_url else Terminal()
    return Mail(db, clock, ids, carrier, settings.sender)
