"""Facts of moderation. `account_id` is whom it concerns, never who decided: that stands in the staff's log alone."""

from mesange.kit.event import Event


class ReportFiled(Event, frozen=True):
    """`account_id` reported `target_id`."""

    report_id: int
    account_id: int
    target_id: int


class ReportResolved(Event, frozen=True):
    """`account_id` had reported; `is_acted_on` says whether a measure followed."""

    report_id: int
    account_id: int
    target_id: int
    is_acted_on: bool = False


class DecisionTaken(Event, frozen=True):
    strike_id: int
    account_id: int
    measure: str


class DecisionAppealed(Event, frozen=True):
    strike_id: int
    account_id: int


class DecisionLifted(Event, frozen=True):
    strike_id: int
    account_id: int
    measure: str


class AccountRemovalDue(Event, frozen=True):
    """A suspension can be answered no more, and nobody lifted it: all that the account holds is to be erased."""

    account_id: int


class DomainBlockChanged(Event, frozen=True):
    """A server-wide block was made, changed or lifted."""

    domain: str


class RulesChanged(Event, frozen=True):
    rule_id: int


class SiteTextChanged(Event, frozen=True):
    """What this place says of itself has another text; `name` is which one."""

    name: str
