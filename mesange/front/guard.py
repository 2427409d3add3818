"""Who may send a form: the session cookie, the token of each form, and where one may be sent back to."""

import hashlib
import hmac
import re
from urllib.parse import quote

from mesange.kit.errors import Forbidden, MesangeError
from mesange.kit.settings import Settings
from mesange.kit.web.request import Request
from mesange.kit.web.response import Response

SESSION_DAYS = 60
MOST_ADDRESS = 4_000
HIDING = re.compile(r"[\\\x00-\x20\x7f]|%(?:2f|5c|0)", re.IGNORECASE)
"""What could turn a path into another site's address; in the query it does no harm, save for control characters."""
FROM_ELSEWHERE = ("cross-site", "same-site")


class FormExpired(Forbidden):
    public_text = "This form was open for too long, or comes from another site. Nothing was changed: send it again."
    code = "csrf"


class SignInNeeded(MesangeError):
    """Answered with the sign-in page, and back again."""

    http_status = 401
    public_text = "Sign in to see this page."


def cookie_name(settings: Settings, name: str) -> str:
    """The `__Host-` prefix keeps other hosts of the domain from setting it; browsers accept it over TLS only."""
    return f"__Host-{name}" if settings.is_secure else name


def set_cookie(
    response: Response, settings: Settings, name: str, value: str, *, days: int = SESSION_DAYS, is_secret: bool = True
) -> Response:
    """`days` 0 removes it. Lax: another site can link here, but not send a form with it."""
    parts = [f"{cookie_name(settings, name) if is_secret else name}={value}", "Path=/", "SameSite=Lax"]
    parts.append(f"Max-Age={days * 86_400}")
    if is_secret:
        parts.append("HttpOnly")
    if settings.is_secure:
        parts.append("Secure")
    return response.with_header(b"set-cookie", "; ".join(parts).encode())


def form_token(secret: str) -> str:
    """Bound to the cookie, so that it is worth nothing in another browser; never the cookie itself."""
    return hashlib.sha256(b"form " + secret.encode("utf-8", "replace")).hexdigest()[:40] if secret else ""


def refuse_other_sites(request: Request, settings: Settings) -> None:
    """Raises FormExpired when the browser says that the form comes from elsewhere."""
    site = request.header(b"sec-fetch-site")
    origin = request.header(b"origin")
    is_ours = origin in ("", settings.public_origin) or origin.partition("://")[2] == request.header(b"host")
    if site in FROM_ELSEWHERE or (site != "same-origin" and not is_ours):
        raise FormExpired()


def check_form(given: object, expected: str) -> None:
    if not expected or not isinstance(given, str) or not hmac.compare_digest(given.encode(), expected.encode()):
        raise FormExpired()


def safe_return(address: object) -> str:
    """A path of ours, or the home page: never another site, however it is spelled (E8 of the known attacks)."""
    if not isinstance(address, str) or not 0 < len(address) <= MOST_ADDRESS or re.search(r"[\\\x00-\x20\x7f]", address):
        return "/"
    path = re.split("[?#]", address, maxsplit=1)[0]
    segments = path.strip("/").split("/")
    is_ours = path.startswith("/") and (path == "/" or all(re.match(r"[@\w]", segment) for segment in segments))
    if not is_ours or path.startswith("//") or HIDING.search(path):
        return "/"
    return quote(address, safe="/@?=&#%+:~,;!$'()*-._")
