"""The two ways in which an outgoing request ends badly; a library's own error never comes out."""

from mesange.kit.errors import MesangeError


class OutgoingRefused(MesangeError):
    """We do not go there: the address, the URL or the request breaks one of our rules. Trying again is useless."""

    http_status = 422
    code = "outgoing_refused"
    public_text = "This address may not be visited from here."


class OutgoingFailed(MesangeError):
    """The other server is out of reach, too slow, too talkative or unreadable. A later try may succeed."""

    http_status = 503
    code = "outgoing_failed"
    public_text = "The other server did not answer as it should."
