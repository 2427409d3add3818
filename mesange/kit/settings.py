"""Every setting, read once: defaults < mesange.toml in the data folder < MESANGE_* variables.

This is the only module that reads the environment.
"""

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

import msgspec

from mesange.kit.zones import zone_of


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """Each field's meaning stands in the docstring below it; docs/settings.md is made from them."""

    data: Path = Path("var")
    """Folder of everything that must be kept: database, media, secrets."""
    host: str = "127.0.0.1"
    """Address the server listens on."""
    port: int = 8140
    """Port the server listens on."""
    origin: str = ""
    """Public address, such as https://social.example.org. Default: http://HOST:PORT."""
    title: str = "Mésange"
    """Name of this place."""
    description: str = "A small place to write short and read well."
    """One sentence about this place."""
    contact_email: str = ""
    """Address of the people who keep this server."""
    contact_account: str = ""
    """Name of the account of the people who keep this server."""
    source_url: str = ""
    """Where the source of the program that runs here is offered, as its licence asks. Default: the page /about."""
    languages: tuple[str, ...] = ("fr", "en")
    """Languages of the people here, as ISO 639-1 codes."""
    registrations: Literal["open", "approval", "invitation", "closed"] = "open"
    """Who may sign up: anyone, whoever staff accepts, whoever holds an invitation, nobody."""
    registrations_message: str = ""
    """A sentence on the sign-up page and in the API: why sign-up is closed, what is asked of newcomers."""
    client_registrations: Literal["open", "approval", "closed"] = "open"
    """Sign-up through an application, which solves no riddle: as on the pages, always by approval, or not at all."""
    invitations_by: Literal["everyone", "staff", "nobody"] = "staff"
    """Who may make invitations."""
    sign_up_effort: int = 17
    """Zero bits of the riddle that browsers solve at sign-up, 0 (none) to 30; each more doubles the work."""
    sign_up_seconds: int = 3
    """A sign-up form that comes back sooner than this is shown once more: programs are quick."""
    min_age: int = 0
    """Youngest age of newcomers, in years; the birth date is asked, checked and not kept. 0 does not ask."""
    refused_mail_domains: tuple[str, ...] = ()
    """Mail domains, with all below them, from which nobody may sign up."""
    second_factor_for: tuple[Literal["owner", "admin", "moderator", "user"], ...] = ()
    """Roles that must set up a second factor before they do anything else."""
    trends: Literal["reviewed", "trusted", "off"] = "reviewed"
    """What is shown of what many speak of: what staff approved; all that staff did not reject; nothing."""
    max_signs: int = 140
    """Signs of a post, unless the account has its own number."""
    max_lists: int = 200
    """Lists that one account may have, and as many of others that it may follow."""
    max_list_members: int = 1_000
    """Accounts on one list."""
    max_scheduled: int = 300
    """Posts that an account may have waiting for their hour."""
    time_zone: str = "UTC"
    """Where the clocks are read by people who have not chosen a time zone: an IANA name, such as Europe/Paris."""
    database_url: str = ""
    """postgresql://… for PostgreSQL. Default: one SQLite file in the data folder."""
    database_connections: int = 10
    """PostgreSQL connections held by one server."""
    node: int = 0
    """Number of this server among those that share a database, 0 to 254; 255 is that of commands beside it."""
    rate_limits: Literal["on", "off"] = "on"
    """Turn the rate limits off for a load test."""
    trusted_proxies: tuple[str, ...] = ()
    """Addresses whose X-Forwarded-For and X-Forwarded-Proto are believed."""
    smtp_url: str = ""
    """smtp://USER:PASSWORD@HOST:PORT or smtps://…. Without it, mails are shown in the terminal and on /dev/outbox."""
    mail_from: str = ""
    """Sender of our mails. Default: mesange@HOST."""
    link_previews: Literal["on", "off"] = "on"
    """Visit the pages that posts link to, once each, and show their title and picture under the post."""
    deletion_days: int = 30
    """Days in which who asked to be deleted may come back by signing in."""
    archive_days: int = 7
    """Days for which the archive of an account stays here, and after which its owner may make another one."""
    reachable_networks: tuple[str, ...] = ()
    """Private networks, such as 127.0.0.0/8, that our outgoing requests may reach: for development and tests."""
    media_url: str = ""
    """s3://BUCKET/FOLDER?endpoint=https://…&region=… for files in an S3-compatible store. Default: a folder."""
    media_access_key: str = ""
    """Access key of that store."""
    media_secret_key: str = ""
    """Its secret key."""
    media_free_space: int = 500_000_000
    """Bytes that must stay free on the disk: when fewer are, no file is taken, and posts go on."""
    media_bytes_per_account: int = 5_000_000_000
    """Bytes of files that one account may keep here."""
    metrics_token: str = ""
    """Word with which /metrics and the details of /readyz are asked. Without it, only this machine itself may ask."""
    media_bytes: int = 0
    """Bytes of files that all accounts together may keep here. Default: as many as the disk holds."""
    media_bytes_fetched: int = 2_000_000_000
    """Bytes of files that came from elsewhere: beyond, those not looked at for longest go, and are fetched again."""
    videos: Literal["on", "off"] = "on"
    """Whether films and sounds are taken."""
    accent: Literal["cap", "moss", "plum", "lagoon", "rust"] = "cap"
    """Colour of actions and links: the bird's blue cap, or another one that can be read as well."""
    undo_seconds: Literal[0, 5, 10, 20, 30, 60] = 0
    """Seconds in which newcomers can take a post back before it leaves; each person may choose otherwise."""
    backup_days: int = 0
    """A backup is taken every so many days, into the folder backups of the data folder. 0 takes none."""
    backups_kept: int = 3
    """Of these backups, so many stay: the oldest goes when a newer one is verified."""
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    """Least important line that is logged."""

    def __post_init__(self) -> None:
        if self.media_url and not self.media_url.startswith("s3://"):
            raise ValueError("media_url begins with s3://")
        if self.smtp_url and not self.smtp_url.startswith(("smtp://", "smtps://")):
            raise ValueError("smtp_url begins with smtp:// or smtps://")
        if not 0 <= self.sign_up_effort <= 30:
            raise ValueError("sign_up_effort is a number from 0 to 30")
        if zone_of(self.time_zone) is None:
            raise ValueError("time_zone is an IANA name, such as Europe/Paris")
        origin = (self.origin or f"http://{self.host}:{self.port}").rstrip("/")
        msgspec.structs.force_setattr(self, "origin", origin)

    @property
    def public_origin(self) -> str:
        return self.origin

    @property
    def domain(self) -> str:
        """Host (with its port when it is not the usual one) that stands behind our handles."""
        return urlsplit(self.public_origin).netloc

    @property
    def is_secure(self) -> bool:
        return self.public_origin.startswith("https://")

    @property
    def takes_newcomers(self) -> bool:
        """Whether anyone may ask to come in."""
        return self.registrations in ("open", "approval")

    @property
    def streaming_origin(self) -> str:
        return "ws" + self.public_origin.removeprefix("http")

    @property
    def sender(self) -> str:
        return self.mail_from or f"mesange@{self.domain.partition(':')[0]}"


def changed(settings: Settings, values: Mapping[str, Any]) -> Settings:
    """The same with other values. Raises ValueError with a sentence naming the wrong one."""
    names = Settings.__struct_fields__
    told = {name: getattr(settings, name) for name in names} | dict(values)
    try:
        return msgspec.convert(told, Settings, strict=False, dec_hook=_made)
    except msgspec.ValidationError as error:
        raise ValueError(str(error)) from None


def given_where(data: Path) -> dict[str, str]:
    """Where settings were written down by whoever starts this server, "file" or "environment": a variable wins."""
    found = dict.fromkeys(_from_file(data / "mesange.toml"), "file")
    return found | dict.fromkeys(_known(_environment()), "environment")


def _environment() -> dict[str, str]:
    return {
        name.removeprefix("MESANGE_").lower(): value
        for name, value in os.environ.items()
        if name.startswith("MESANGE_")
    }


def read_settings(**given: Any) -> Settings:
    """Settings for this process; `given` (from the command line) wins over everything else.

    Raises SystemExit with a sentence naming the wrong value.
    """
    environment = _environment()
    given = {name: value for name, value in given.items() if value is not None}
    data = Path(given.get("data") or environment.get("data") or "var")
    values = _from_file(data / "mesange.toml") | _known(environment) | given | {"data": str(data)}
    try:
        return msgspec.convert(values, Settings, strict=False, dec_hook=_made)
    except msgspec.ValidationError as error:
        raise SystemExit(f"mesange: a setting is not right: {error}") from None


def _made(kind: type, value: Any) -> Any:
    """Types that msgspec does not know make themselves from what was written: a Path from its text."""
    return kind(value)


def _known(environment: dict[str, str]) -> dict[str, Any]:
    lists = (
        "languages", "trusted_proxies", "reachable_networks", "refused_mail_domains", "second_factor_for",
    )  # fmt: skip
    known = {name: value for name, value in environment.items() if name in Settings.__struct_fields__}
    return {name: value.replace(",", " ").split() if name in lists else value for name, value in known.items()}


def _from_file(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    try:
        values = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SystemExit(f"mesange: {path} cannot be read: {error}") from None
    unknown = set(values) - set(Settings.__struct_fields__)
    if unknown:
        raise SystemExit(f"mesange: {path} has unknown settings: {', '.join(sorted(unknown))}")
    return values
