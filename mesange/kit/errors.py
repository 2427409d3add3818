"""Errors that speak to the person: each carries its HTTP status and a text fit to be shown."""

from errno import EDQUOT, ENOSPC


class MesangeError(Exception):
    """Base of every refusal. `public_text` is English and doubles as the translation key of the pages.

    `code` is a stable machine word for API callers; `retry_after` is in seconds.
    """

    http_status = 500
    code = "error"
    public_text = "Something went wrong on our side. Please try again."

    def __init__(
        self, public_text: str | None = None, *, code: str | None = None, retry_after: int | None = None
    ) -> None:
        self.public_text = public_text or self.public_text
        self.code = code or self.code
        self.retry_after = retry_after
        super().__init__(self.public_text)


class BadRequest(MesangeError):
    http_status = 400
    code = "bad_request"
    public_text = "This request cannot be read."


class Unauthorized(MesangeError):
    http_status = 401
    code = "unauthorized"
    public_text = "The access token is invalid"


class Forbidden(MesangeError):
    http_status = 403
    code = "forbidden"
    public_text = "This action is not allowed"


class NotFound(MesangeError):
    http_status = 404
    code = "not_found"
    public_text = "Record not found"


class Conflict(MesangeError):
    http_status = 409
    code = "conflict"
    public_text = "This was changed in the meantime. Reload and try again."


class Gone(MesangeError):
    http_status = 410
    code = "gone"
    public_text = "This is no longer here."


class TooLarge(MesangeError):
    http_status = 413
    code = "too_large"
    public_text = "This is too large."


class Invalid(MesangeError):
    """A value is not acceptable; `field` names the form field at fault when there is one."""

    http_status = 422
    code = "ERR_INVALID"
    public_text = "Validation failed"

    def __init__(self, public_text: str | None = None, *, field: str | None = None, code: str | None = None) -> None:
        super().__init__(public_text, code=code)
        self.field = field


class TooSlow(MesangeError):
    """A question that would take longer to answer than anyone may hold the database."""

    http_status = 422
    code = "too_slow"
    public_text = "This takes too long to find. Say it more precisely, with one more word or a date."


class TooMany(MesangeError):
    """`told` are the headers of the limit that was reached."""

    http_status = 429
    code = "too_many"
    public_text = "Too many requests"
    told: tuple[tuple[bytes, bytes], ...] = ()


class Unavailable(MesangeError):
    """Nothing was written; the same request may be sent again after `retry_after` seconds."""

    http_status = 503
    code = "unavailable"
    public_text = "The server cannot save anything for the moment. Nothing was lost; please try again soon."

    def __init__(self, public_text: str | None = None, *, retry_after: int = 5) -> None:
        super().__init__(public_text, retry_after=retry_after)


class NoRoom(Unavailable):
    """Files find no room where they are written; what is written elsewhere still does."""

    code = "no_room"
    public_text = "There is no room for files here at the moment. What carries none still works."

    @staticmethod
    def instead_of(error: OSError) -> Unavailable:
        """What to say of a file that could not be written."""
        return NoRoom() if error.errno in (ENOSPC, EDQUOT) else Unavailable()
