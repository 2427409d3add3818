"""Web push: a message sealed for one browser or phone, carried by a server it chose (RFC 8030, 8291, 8292).

Both forms are spoken: `aes128gcm` of the standard, and `aesgcm` of the drafts that old clients still know.
"""

from mesange.kit.webpush.keys import ServerKeys, server_keys
from mesange.kit.webpush.sealing import Recipient, checked_recipient
from mesange.kit.webpush.sending import Outcome, push

__all__ = ["Outcome", "Recipient", "ServerKeys", "checked_recipient", "push", "server_keys"]
