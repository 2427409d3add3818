"""A letter in the form of RFC 5322: plain text, quoted-printable, marked as written by a machine."""

from email.message import EmailMessage
from email.policy import SMTP
from email.utils import localtime

from mesange.kit.mail.carriers import Letter


def message_of(letter: Letter) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["From"] = letter.sender
    message["To"] = letter.recipient
    message["Subject"] = letter.subject
    message["Date"] = localtime()
    message["Message-ID"] = letter.message_id
    # RFC 3834: no out-of-office answers to this.
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.body, cte="quoted-printable")
    return message
