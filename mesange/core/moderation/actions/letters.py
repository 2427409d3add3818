"""Mails of moderation: the receipt of a report, its outcome, the statement of reasons, the answer to an appeal.

They hold what articles 16 and 17 of the Digital Services Act ask for, and are signed by the moderation: never by a
person (J6 of the known attacks).
"""

from dataclasses import dataclass

from mesange.core.accounts.model import Account, User
from mesange.core.moderation.actions.wording import LETTERS, MEASURES, Letter
from mesange.core.moderation.model import Report, Rule, Strike, ids_in
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


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement of reasons as it is read; `locale` is its language."""

    locale: str
    subject: str
    body: str


async def send_statement(server: Server, tx: Transaction, account: Account, strike: Strike) -> None:
    rules = await load_rules(tx, ids_in(strike.rule_ids))
    for user in await list_people_behind(tx, account.id):
        statement = _statement(server, account, strike, rules, user.locale)
        await server.mail.queue(tx, user.email, statement.subject, statement.body)


async def preview_statements(server: Server, account: Account, strike: Strike) -> list[Statement]:
    """What would be sent, once in each language of its readers."""
    locales = {user.locale for user in await list_people_behind(server.db, account.id)}
    if account.is_pseudonym:
        # Which language somebody reads may say who they are: of a pseudonym the staff sees them all.
        locales = set(LETTERS)
    rules = await load_rules(server.db, ids_in(strike.rule_ids))
    return [_statement(server, account, strike, rules, locale) for locale in sorted(locales)]


def _statement(server: Server, account: Account, strike: Strike, rules: list[Rule], locale: str) -> Statement:
    words = LETTERS[locale]
    broken = "".join(f"\n- {rule.text_in(locale)}" for rule in rules)
    subject, body = _written(
        server,
        locale,
        "statement",
        account=account.acct,
        measure=MEASURES[locale][strike.measure],
        follows=_follows(locale, strike),
        day=iso_date(strike.appeal_ends_at),
        ground=words[f"ground {strike.ground.value}"].body + broken,
        text=strike.text,
        source=words["from a report" if strike.report_id else "from ourselves"].body,
        means=words["automated" if strike.is_automated else "by people"].body,
    )
    return Statement(locale, subject, body)


async def send_answer(server: Server, tx: Transaction, strike: Strike, *, grants: bool) -> None:
    for user in await list_people_behind(tx, strike.account_id):
        measure = MEASURES[user.locale][strike.measure]
        kind, follows = ("appeal granted", "") if grants else ("appeal refused", _follows(user.locale, strike))
        await _send(server, tx, user, kind, measure=measure, follows=follows)


def _follows(locale: str, strike: Strike) -> str:
    """When what is suspended goes, if nothing else is decided."""
    return LETTERS[locale]["removal"].body.format(day=iso_date(strike.removal_at)) if strike.removal_at else ""


async def _send(server: Server, tx: Transaction, user: User, kind: str, **values: str | int) -> None:
    subject, body = _written(server, user.locale, kind, **values)
    await server.mail.queue(tx, user.email, subject, body)


def _written(server: Server, locale: str, kind: str, **values: str | int) -> tuple[str, str]:
    """Subject and body."""
    letter: Letter = LETTERS[locale][kind]
    title, link = server.settings.title, f"{server.settings.public_origin}/settings/moderation"
    return letter.subject.format(title=title), letter.body.format(title=title, link=link, **values)
