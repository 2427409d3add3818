"""Sentences with which the rooms refuse something, where they are not written on the error's class: for the catalogue.

An edge translates `public_text` as it comes; what is listed here has its French.
"""

from mesange.kit.web.catalogue import marked as _

SENTENCES = (
    _("Choose a name."),
    _("A name has at most 30 signs."),
    _("A name is made of letters without accents, figures and _."),
    _("This name is reserved."),
    _("A password has at least 8 signs."),
    _("A password has at most 256 signs."),
    _("This does not look like a mail address."),
    _("This link is not good any more. Ask for a new one."),
    _("This link is not good any more. Sign in to get a new one."),
    _("This link is not good any more. Start the server again to get a new one."),
    _("This link was used already."),
    _("A profile has at most 4 lines."),
    _("Only PNG, JPEG, GIF and WebP images are taken."),
    _("This image is too large: at most 8 MB."),
    _("This image takes too long to read."),
    _("This image has too many pixels."),
    _("This image is damaged, or too large to be read."),
    _("Many images are being prepared. Please try again in a moment."),
    _("You cannot follow yourself."),
    _("You cannot follow this account."),
    _("You cannot block yourself."),
    _("You cannot mute yourself."),
    _("This account is not yours."),
    _("This account may not publish."),
    _("You are not a member of this organization."),
    _("You hold as many accounts as one may."),
    _("Validation failed: You have already pinned the maximum number of posts"),
    _("Validation failed: Posts that are only visible to mentioned users cannot be pinned"),
    _("This address does not answer to this kind of request."),
    _("The application asked in a way that cannot be granted, or you said no."),
    _("This visibility does not exist."),
    _("The parameters are not valid UTF-8."),
    _("There are too many parameters."),
)
