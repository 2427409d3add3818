"""Which mail addresses we write to: one plain recipient, never a route.

`%`, `,` and `"` once led mails elsewhere on other servers (GHSA-5r37-qpwq-2jhh); `!` and `|` did on older ones.
"""

import re

from mesange.kit.errors import Invalid

LONGEST_ADDRESS = 320
LONGEST_LOCAL_PART = 64
LONGEST_DOMAIN = 253

ATOM = r"[A-Za-z0-9_+'=~&#-]+"
LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
# The last label begins with a letter: a number there would be an IP address.
DOMAIN = rf"(?:{LABEL}\.)+(?=[A-Za-z]){LABEL}|localhost"
ADDRESS = re.compile(rf"(?P<local>{ATOM}(?:\.{ATOM})*)@(?P<domain>{DOMAIN})", re.ASCII)


def email_address(text: str) -> str:
    """The address with its domain in small letters; raises Invalid (field `email`).

    An international domain is written in its ASCII form (xn--…).
    """
    text = text.strip(" ")
    match = ADDRESS.fullmatch(text) if len(text) <= LONGEST_ADDRESS else None
    if match is None or len(match["local"]) > LONGEST_LOCAL_PART or len(match["domain"]) > LONGEST_DOMAIN:
        raise Invalid("This does not look like a mail address.", field="email")
    return f"{match['local']}@{match['domain'].lower()}"
