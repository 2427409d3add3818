"""The one table of pages: what is read, what a form writes, and for whom."""

from collections.abc import Mapping

from mesange.edges.pages import (
    about,
    account_lists,
    account_settings,
    announcements,
    attach,
    authorize,
    compose,
    deck,
    deck_editing,
    deck_live,
    design,
    elsewhere,
    embed,
    everywhere,
    explore,
    farewell,
    files,
    filter_settings,
    followed_tags,
    hashtag,
    invitations,
    list_choosing,
    list_editing,
    live,
    marks,
    messages,
    moderation_settings,
    muting,
    notification_settings,
    notifications,
    outbox,
    owner,
    passkey_settings,
    password,
    people,
    polls,
    preferences,
    profile,
    profile_settings,
    relations,
    report,
    rewrite,
    scheduled,
    search,
    second_step,
    security_settings,
    session_settings,
    share_buttons,
    sign_in,
    sign_up,
    site,
    strangers,
    takeaway,
    thread,
    timelines,
    unfinished,
    writing_settings,
)
from mesange.edges.pages.admin.routes import routes as admin_routes
from mesange.front import endpoints
from mesange.front.endpoints import Screen
from mesange.front.errors import error_page
from mesange.kit.web.plain_errors import plain_text_error
from mesange.kit.web.router import Route

FOR_ALL: Mapping[str, Screen] = {
    "/": timelines.home,
    "/about": about.show,
    "/rules": site.rules,
    "/privacy": site.privacy,
    "/terms": site.terms,
    "/design": design.show,
    "/contact": site.contact,
    "/local": timelines.local,
    "/search": search.show,
    "/share/buttons": share_buttons.show,
    "/trends": explore.trends,
    "/directory": explore.directory,
    "/tags/:name": hashtag.show,
    "/@:handle": profile.posts,
    "/@:handle/with_replies": profile.replies,
    "/@:handle/media": profile.media,
    "/@:handle/about": profile.about,
    "/@:handle/followers": profile.followers,
    "/@:handle/following": profile.following,
    "/@:handle/:id": thread.show,
    "/@:handle/lists/:id": account_lists.show_public,
    "/@:handle/:id/history": thread.history,
    "/@:handle/:id/reblogs": thread.boosters,
    "/@:handle/:id/favourites": thread.admirers,
    "/statuses/:id": thread.by_id,
}
"""Read by anyone; no cookie is set."""

MOVING: Mapping[str, Screen] = {
    "/live/:what": live.follow,
    "/live/:what/cards": live.cards,
    "/authorize_interaction": elsewhere.arrive,
    "/dev/outbox": outbox.show,
}
"""Read by anyone, and made anew each time."""

DOORS: Mapping[str, tuple[Screen, Screen]] = {
    "/sign-up": (sign_up.show, sign_up.send),
    "/invite/:code": (sign_up.show_invitation, sign_up.send),
    "/sign-in": (sign_in.show, sign_in.send),
    "/sign-in/code": (second_step.show, second_step.send),
    "/continue": (elsewhere.show, elsewhere.send),
    "/change-email/:token": (password.show_new_email, password.confirm_new_email),
    "/confirm/:token": (sign_up.show_confirm, sign_up.confirm),
    "/reset": (password.ask, password.send_link),
    "/reset/:token": (password.show, password.choose),
    "/owner/:token": (owner.show, owner.send),
}
"""Forms for people who are not signed in: (read, write)."""

KNOCKS: Mapping[str, Screen] = {
    "/sign-in/passkey": second_step.send_passkey,
    "/sign-in/passkey/options": second_step.passkey_options,
}
"""Written by anyone from a page of DOORS."""

PROVEN: Mapping[str, tuple[Screen | None, Screen | None]] = {
    "/settings/data/archive": (None, takeaway.ask),
    "/settings/data/download": (None, takeaway.offer),
    "/settings/data/leave": (farewell.show, farewell.send),
    "/settings/sessions/token": (None, session_settings.make_token),
    "/settings/security": (security_settings.show, None),
    "/settings/security/password": (None, security_settings.change_password),
    "/settings/security/email": (None, security_settings.change_email),
    "/settings/security/codes": (security_settings.show_codes, security_settings.send_codes),
    "/settings/security/codes/stop": (None, security_settings.stop_codes),
    "/settings/security/recovery": (None, security_settings.renew),
    "/settings/security/passkeys": (None, passkey_settings.add),
    "/settings/security/passkeys/options": (None, passkey_settings.new_options),
    "/settings/security/passkeys/remove": (None, passkey_settings.remove),
}
"""What one signs in with: (read, write), after a recent proof that it is oneself."""

SIGNED_IN: Mapping[str, Screen] = {
    "/compose": compose.show,
    "/drafts": unfinished.show,
    "/scheduled": scheduled.show,
    "/scheduled/:id/delete": scheduled.ask_delete,
    "/statuses/:id/edit": rewrite.edit,
    "/statuses/:id/delete": rewrite.ask_delete,
    "/accounts/:id/block": relations.ask_block,
    "/accounts/:id/mute": muting.ask_mute,
    "/accounts/:id/report": report.show,
    "/bookmarks": timelines.bookmarks,
    "/favourites": timelines.favourites,
    "/notifications": notifications.show,
    "/notifications/requests": strangers.show,
    "/notifications/:key": notifications.show_group,
    "/live/notifications": notifications.follow,
    "/live/notifications/cards": notifications.cards,
    "/messages": messages.show,
    "/messages/:id": messages.show_one,
    "/menu": preferences.menu,
    "/everywhere": everywhere.show,
    "/settings/profile": profile_settings.show,
    "/settings/writing": writing_settings.show,
    "/settings/notifications": notification_settings.show,
    "/settings/accounts": account_settings.show,
    "/settings/security/prove": passkey_settings.show_prove,
    "/settings/invitations": invitations.show,
    "/settings/hidden": people.hidden,
    "/settings/tags": followed_tags.show,
    "/settings/filters": filter_settings.show,
    "/settings/filters/:id": filter_settings.edit,
    "/lists": account_lists.show_all,
    "/lists/:id": account_lists.show,
    "/lists/:id/edit": list_editing.show,
    "/lists/:id/delete": list_editing.ask_delete,
    "/accounts/:id/lists": list_choosing.choose,
    "/deck": deck.open_first,
    "/decks": deck.show_all,
    "/deck/:id": deck.show,
    "/deck/:id/live": deck_live.follow,
    "/deck/:id/columns/:column/cards": deck_live.cards,
    "/deck/:id/edit": deck_editing.edit,
    "/deck/:id/delete": deck_editing.ask_delete,
    "/settings/data": takeaway.show,
    "/settings/data/archive/:secret": takeaway.fetch,
    "/settings/data/csv/:name": takeaway.csv,
    "/settings/data/imports/:id": takeaway.imported,
    "/follow_requests": people.requests,
    "/oauth/authorize": authorize.show,
}

WITH_FILES: Mapping[str, Screen] = {
    "/compose": compose.send,
    "/compose/files": attach.take_one,
    "/statuses/:id/edit": rewrite.send_edit,
}
"""Forms whose files go to the disk as they come."""

WRITES: Mapping[str, Screen] = {
    "/drafts/:id/delete": unfinished.delete,
    "/scheduled/:id/delete": scheduled.delete,
    "/scheduled/:id/keep": scheduled.keep,
    "/scheduled/:id/undo": scheduled.undo,
    "/settings/time-zone": scheduled.choose_zone,
    "/statuses/:id/delete": rewrite.delete,
    "/statuses/:id/redraft": rewrite.redraft,
    "/statuses/:id/vote": polls.send_vote,
    "/statuses/:id/:verb": marks.mark,
    "/accounts/:id/block": relations.block,
    "/accounts/:id/mute": muting.mute,
    "/accounts/:id/report": report.send,
    "/accounts/:id/:verb": relations.change,
    "/follow_requests/:id/:verb": relations.answer,
    "/announcements/:id/dismiss": announcements.dismiss,
    "/notifications/clear": notifications.clear,
    "/notifications/read": notifications.mark,
    "/notifications/requests/:id/:verb": strangers.answer,
    "/notifications/:key/dismiss": notifications.dismiss,
    "/notifications/:key/undo": notifications.undo,
    "/messages/:id/put-away": messages.put_away,
    "/settings/profile": profile_settings.save,
    "/settings/profile/preview": profile_settings.preview,
    "/settings/writing": writing_settings.save,
    "/settings/notifications": notification_settings.save,
    "/settings/notifications/strangers": strangers.save,
    "/settings/notifications/here": notification_settings.listen,
    "/settings/notifications/clients": notification_settings.change,
    "/settings/filters": filter_settings.save,
    "/settings/filters/:id": filter_settings.change,
    "/settings/filters/:id/delete": filter_settings.delete,
    "/tags/:name/:verb": followed_tags.change,
    "/lists": account_lists.create,
    "/lists/:id": list_editing.save,
    "/lists/:id/delete": list_editing.delete,
    "/lists/:id/members": list_editing.change_members,
    "/lists/:id/tags": list_editing.change_hashtags,
    "/lists/:id/follow": account_lists.follow,
    "/lists/:id/unfollow": account_lists.unfollow,
    "/accounts/:id/lists": list_choosing.save_choice,
    "/decks": deck.create,
    "/deck/:id": deck_editing.save,
    "/deck/:id/columns": deck_editing.add,
    "/deck/:id/columns/:column/:verb": deck_editing.change_column,
    "/deck/:id/delete": deck_editing.delete,
    "/settings/accounts": account_settings.add,
    "/settings/security/prove": passkey_settings.prove,
    "/settings/security/prove/passkey": passkey_settings.prove_by_passkey,
    "/settings/security/prove/passkey/options": passkey_settings.prove_options,
    "/settings/invitations": invitations.change,
    "/settings/data/imports": takeaway.bring,
    "/settings/data/return": farewell.come,
    "/oauth/authorize": authorize.decide,
}

ADMITTED: Mapping[str, Screen] = {
    "/settings/sessions": session_settings.show,
    "/settings/moderation": moderation_settings.show,
}
"""Read by whoever is signed in, also as an account that moderation froze or suspended."""

ADMITTED_WRITES: Mapping[str, Screen] = {
    "/settings/sessions": session_settings.end,
    "/settings/moderation": moderation_settings.appeal,
    "/switch": account_settings.switch,
    "/sign-out": sign_in.out,
}


def routes() -> list[Route]:
    table = [
        Route("GET", "/static/*name", files.static, error_page),
        Route("GET", "/media/:name", files.picture, error_page),
        Route("GET", "/favicon.ico", files.favicon, error_page),
        Route("GET", "/worker.js", files.worker, error_page),
        Route("GET", "/offline", files.offline, error_page),
        Route("GET", "/@:handle/:id/embed", embed.show, plain_text_error),
        Route("POST", "/preferences", endpoints.choose(preferences.choose), error_page),
    ]
    table += [Route("GET", path, endpoints.show(screen), error_page) for path, screen in FOR_ALL.items()]
    table += [Route("GET", path, endpoints.read(screen), error_page) for path, screen in MOVING.items()]
    for path, (read, write) in DOORS.items():
        table.append(Route("GET", path, endpoints.door(read), error_page))
        table.append(Route("POST", path, endpoints.write(write), error_page))
    table += [Route("POST", path, endpoints.write(screen), error_page) for path, screen in KNOCKS.items()]
    for path, (read, write) in PROVEN.items():
        if read:
            table.append(Route("GET", path, endpoints.proven(read), error_page))
        if write:
            table.append(Route("POST", path, endpoints.proven(write, writes=True), error_page))
    table += [Route("GET", path, endpoints.signed_in(screen), error_page) for path, screen in SIGNED_IN.items()]
    table += [
        Route("POST", path, endpoints.signed_in(screen, writes=True, takes_files=True), error_page)
        for path, screen in WITH_FILES.items()
    ]
    table += [
        Route("POST", path, endpoints.signed_in(screen, writes=True), error_page) for path, screen in WRITES.items()
    ]
    table += [Route("GET", path, endpoints.admitted(screen), error_page) for path, screen in ADMITTED.items()]
    table += [
        Route("POST", path, endpoints.admitted(screen, writes=True), error_page)
        for path, screen in ADMITTED_WRITES.items()
    ]
    return table + admin_routes()
