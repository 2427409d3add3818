"""What each setting does, in the reader's words, by the part of the page where it stands."""

from collections.abc import Mapping

from mesange.kit.web.catalogue import marked as _

DOOR: Mapping[str, str] = {
    "registrations": _("Who may sign up: anyone, whoever staff accepts, whoever holds an invitation, nobody."),
    "registrations_message": _("A sentence on the sign-up page: why it is closed, what is asked of newcomers."),
    "client_registrations": _("Sign-up through an application: as on the pages, always by approval, or not at all."),
    "invitations_by": _("Who may make invitations."),
    "min_age": _("Youngest age of newcomers, in years; the birth date is checked and not kept. 0 does not ask."),
    "sign_up_effort": _("How much a browser computes at sign-up, 0 (nothing) to 30; each step doubles it."),
    "second_factor_for": _("Roles that must set up a second factor before they do anything else."),
    "contact_email": _("Mail address of the people who keep this server, shown to everyone."),
    "contact_account": _("Name of their account here, shown to everyone."),
}
POSTS: Mapping[str, str] = {
    "max_signs": _("Signs of a post, unless the account has its own number."),
    "undo_seconds": _("Seconds in which newcomers can take a post back; each person may choose otherwise."),
    "trends": _("What is shown of what many speak of: what staff approved, all that staff did not reject, or nothing."),
    "link_previews": _("Visit the pages that posts link to, once each, and show their title and picture."),
    "max_scheduled": _("Posts that an account may have waiting for their hour."),
    "max_lists": _("Lists that one account may have, and as many of others that it may follow."),
    "max_list_members": _("Accounts on one list."),
    "time_zone": _("Where the clocks are read by people who have not chosen a time zone."),
}
FILES: Mapping[str, str] = {
    "videos": _("Whether films and sounds are taken."),
    "media_bytes_per_account": _("Files that one account may keep here, in megabytes."),
    "media_bytes": _("Files that all accounts together may keep here, in megabytes. 0: as many as the disk holds."),
    "media_bytes_fetched": _("Files that came from elsewhere, in megabytes: beyond, the least looked at go."),
    "media_free_space": _("What must stay free on the disk, in megabytes: below, no file is taken."),
    "deletion_days": _("Days in which who asked to be deleted may come back by signing in."),
    "archive_days": _("Days for which the archive of an account stays here."),
}
GROUPS = ((_("The door"), DOOR), (_("Posts and lists"), POSTS), (_("Files and archives"), FILES))

ELSEWHERE = {
    "title": "/admin/look",
    "description": "/admin/look",
    "accent": "/admin/look",
    "backup_days": "/admin/backups",
    "backups_kept": "/admin/backups",
    "refused_mail_domains": "/admin/keeping-out",
}
"""Settings that a page of their own changes, or that something better replaces."""
SECRET = ("smtp_url", "media_access_key", "media_secret_key", "metrics_token", "database_url", "media_url")
FIXED: Mapping[str, str] = {
    "data": _("Folder of everything that must be kept."),
    "host": _("Address the server listens on."),
    "port": _("Port the server listens on."),
    "origin": _("Public address of this place."),
    "source_url": _("Where the source of the program that runs here is offered."),
    "languages": _("Languages of the people here."),
    "sign_up_seconds": _("A sign-up form that comes back sooner than this is shown once more."),
    "refused_mail_domains": _("Mail domains from which nobody may sign up; the page Kept out does it while running."),
    "database_url": _("The database, when it is not the one file in the data folder."),
    "database_connections": _("Connections to the database that one server holds."),
    "node": _("Number of this server among those that share a database."),
    "rate_limits": _("The rate limits, off for a load test alone."),
    "trusted_proxies": _("Addresses that are believed when they say for whom they ask."),
    "smtp_url": _("The server that carries our mails."),
    "mail_from": _("Sender of our mails."),
    "reachable_networks": _("Private networks that our outgoing requests may reach."),
    "media_url": _("The store of files, when it is not a folder."),
    "media_access_key": _("Access key of that store."),
    "media_secret_key": _("Secret key of that store."),
    "metrics_token": _("Word with which the figures for machines are asked."),
    "log_level": _("Least important line that is logged."),
}
WORDS = {
    "open": _("open"), "approval": _("by approval"), "invitation": _("by invitation"), "closed": _("closed"),
    "everyone": _("everyone"), "staff": _("the staff"), "nobody": _("nobody"), "on": _("on"), "off": _("off"),
    "reviewed": _("what staff approved"), "trusted": _("all but what staff rejected"),
    "owner": _("owner"), "admin": _("admin"), "moderator": _("moderator"), "user": _("everyone else"),
}  # fmt: skip
