"""Mails of moderation: the receipt of a report, its outcome, the statement of reasons, the answer to an appeal.

They hold what articles 16 and 17 of the Digital Services Act ask for, and are signed by the moderation: never by a
person (J6 of the known attacks).
"""

from mesange.core.accounts.model import Account, User
from mesange.core.moderation.actions.wording import LETTERS, MEASURES, Letter
from mesange.core.moderation.model import Report, Strike, ids_in
from mesange.core.moderation.queries import list_people_behind, load_rules
from mesange.kit.clock import iso_date
from mesange.kit.db import Transaction
from mesange.kit.server import Server


async def send_receipt(server: Server, tx: Transaction, report: Report, target: Account) -> None:
    for user in await list_people_behind(tx, report.account_id):
        await _send(server, tx, user, "receipt", number=report.id, target=target.acct)


async def send_outcome(server: Server, tx: Transaction, report: Report, *, is_acted_on: bool) -> None:
    for user in await list_people_behind(tx, report.account_id):
        await _send(server, tx, user, "acted on" if is_acted_on else "not acted on", number=report.id)


async def send_statement(server: Server, tx: Transaction, account: Account, strike: Strike) -> None:
    rules = await load_rules(tx, ids_in(strike.rule_ids))
    for user in await list_people_behind(tx, account.id):
        words = LETTERS[user.locale]
        broken = "".join(f"\n- {rule.text_in(user.locale)}" for rule in rules)
        await _send(
            server,
            tx,
            user,
            "statement",
            account=account.acct,
            measure=MEASURES[user.locale][strike.measure],
            follows=_follows(user, strike),
            day=iso_date(strike.appeal_ends_at),
            ground=words[f"ground {strike.ground.value}"].body + broken,
            text=strike.text,
            source=words["from a report" if strike.report_id else "from ourselves"].body,
            means=words["automated" if strike.is_automated else "by people"].body,
        )


async def send_answer(server: Server, tx: Transaction, strike: Strike, *, grants: bool) -> None:
    for user in await list_people_behind(tx, strike.account_id):
        measure = MEASURES[user.locale][strike.measure]
        kind, follows = ("appeal granted", "") if grants else ("appeal refused", _follows(user, strike))
        await _send(server, tx, user, kind, measure=measure, follows=follows)


def _follows(user: User, strike: Strike) -> str:
    """When what is suspended goes, if nothing else is decided."""
    return LETTERS[user.locale]["removal"].body.format(day=iso_date(strike.removal_at)) if strike.removal_at else ""


async def _send(server: Server, tx: Transaction, user: User, kind: str, **values: str | int) -> None:
    letter: Letter = LETTERS[user.locale][kind]
    title, origin = server.settings.title, server.settings.public_origin
    subject = letter.subject.format(title=title)
    body = letter.body.format(title=title, link=f"{origin}/settings/moderation", **values)
    await server.mail.queue(tx, user.email, subject, body)
