"""Mail: a row in the sender's own transaction, delivered by a job that tries again until it gives up with a reason.

Without an SMTP server (development) a mail is shown in the terminal and kept for the outbox page.
"""

from mesange.kit.mail.addresses import email_address
from mesange.kit.mail.carriers import Carrier, Rejected, Terminal
from mesange.kit.mail.outbox import Mail, open_mail
from mesange.kit.mail.queued import QueuedMail, mails
from mesange.kit.mail.smtp import Smtp

__all__ = ["Carrier", "Mail", "QueuedMail", "Rejected", "Smtp", "Terminal", "email_address", "mails", "open_mail"]
