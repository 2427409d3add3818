"""How moderation is stored."""

from mesange.core.moderation.model import (
    BlockSubscription,
    DomainBlock,
    Report,
    ReportNote,
    Rule,
    SignUpBlock,
    SiteText,
    Strike,
)
from mesange.kit.db.table import Table

reports = Table("reports", Report)
report_notes = Table("report_notes", ReportNote)
strikes = Table("strikes", Strike)
domain_blocks = Table("domain_blocks", DomainBlock, key="domain")
block_subscriptions = Table("block_subscriptions", BlockSubscription)
sign_up_blocks = Table("sign_up_blocks", SignUpBlock, key="value")
rules = Table("rules", Rule)
site_texts = Table("site_texts", SiteText, key="name")
