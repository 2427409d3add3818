"""Mails to the person behind a login: links, and notices of what changed. None ever names an account."""

from mesange.core.accounts.model import CONFIRMATION_LIFE, RESET_LIFE, Purpose, User
from mesange.kit.db import Transaction
from mesange.kit.secrets import new_secret, secret_hash
from mesange.kit.server import Server


async def send_link(server: Server, tx: Transaction, user: User, purpose: Purpose, email: str = "") -> None:
    """Mail a link that is good once. `email`: the new address that it confirms, to which it goes."""
    secret = new_secret()
    life = RESET_LIFE if purpose is Purpose.RESET else CONFIRMATION_LIFE
    await tx.execute("DELETE FROM mail_links WHERE user_id = ? AND purpose = ?", user.id, purpose.value)
    await tx.execute(
        "INSERT INTO mail_links (token_hash, user_id, purpose, expires_at, email) VALUES (?, ?, ?, ?, ?)",
        secret_hash(secret),
        user.id,
        purpose.value,
        server.clock.now() + life,
        email,
    )
    link = f"{server.settings.public_origin}/{purpose.value}/{secret}"
    await send_letter(server, tx, user, purpose.value, email or user.email, link=link)


async def send_letter(
    server: Server, tx: Transaction, user: User, kind: str, recipient: str = "", **words: str
) -> None:
    """Queue one of LETTERS in the person's language."""
    subject, body = LETTERS[user.locale, kind]
    settings = server.settings
    body = body.format(origin=settings.public_origin, **words)
    await server.mail.queue(tx, recipient or user.email, subject.format(title=settings.title), body)


_NOT_YOU = "\n\nIf this was not you, choose a new password at {origin}/reset: it ends every session.\n"
_PAS_VOUS = (
    "\n\nSi ce n’était pas vous, choisissez un nouveau mot de passe sur {origin}/reset\u00a0: "
    "toutes les sessions s’arrêtent.\n"
)
LETTERS = {
    ("en", "away"): (
        "Somebody wrote to you on {title}",
        "Waiting for your answer: {count}.\n\nRead here:\n{origin}/notifications?only=mention\n\n"
        "You asked to be told when you are away. You can stop this here:\n{origin}/settings/notifications\n",
    ),
    ("fr", "away"): (
        "On vous a écrit sur {title}",
        "En attente de votre réponse\u00a0: {count}.\n\nÀ lire ici\u00a0:\n{origin}/notifications?only=mention\n\n"
        "Vous avez demandé à être prévenu en cas d’absence. Pour arrêter\u00a0:\n"
        "{origin}/settings/notifications\n",
    ),
    ("en", "confirm"): (
        "Confirm your address for {title}",
        "Welcome!\n\nOpen this link to confirm your address:\n{link}\n\nIt is good for seven days. "
        "If you did not sign up, do nothing.\n",
    ),
    ("fr", "confirm"): (
        "Confirmez votre adresse pour {title}",
        "Bienvenue\u00a0!\n\nOuvrez ce lien pour confirmer votre adresse\u00a0:\n{link}\n\nIl est valable sept jours. "
        "Si vous ne vous êtes pas inscrit, ne faites rien.\n",
    ),
    ("en", "reset"): (
        "A new password for {title}",
        "Open this link to choose a new password:\n{link}\n\nIt is good for one hour. "
        "If you did not ask for it, do nothing.\n",
    ),
    ("fr", "reset"): (
        "Un nouveau mot de passe pour {title}",
        "Ouvrez ce lien pour choisir un nouveau mot de passe\u00a0:\n{link}\n\nIl est valable une heure. "
        "Si vous ne l’avez pas demandé, ne faites rien.\n",
    ),
    ("en", "change-email"): (
        "Your new address for {title}",
        "Open this link to use this address from now on:\n{link}\n\nIt is good for seven days. "
        "If you did not ask for it, do nothing.\n",
    ),
    ("fr", "change-email"): (
        "Votre nouvelle adresse pour {title}",
        "Ouvrez ce lien pour utiliser désormais cette adresse\u00a0:\n{link}\n\nIl est valable sept jours. "
        "Si vous ne l’avez pas demandé, ne faites rien.\n",
    ),
    ("en", "accepted"): (
        "You are welcome on {title}",
        "Your sign-up was accepted. Come in:\n{origin}/sign-in\n",
    ),
    ("fr", "accepted"): (
        "Vous êtes le bienvenu sur {title}",
        "Votre inscription a été acceptée. Entrez\u00a0:\n{origin}/sign-in\n",
    ),
    ("en", "refused"): (
        "Your sign-up on {title}",
        "The people who run this server did not accept your sign-up. What you gave was deleted.\n{why}",
    ),
    ("fr", "refused"): (
        "Votre inscription sur {title}",
        "Les personnes qui tiennent ce serveur n’ont pas accepté votre inscription. "
        "Ce que vous aviez donné a été effacé.\n{why}",
    ),
    ("en", "waiting"): (
        "Somebody would like to join {title}",
        "A sign-up waits for your decision:\n{origin}/admin/sign-ups\n",
    ),
    ("fr", "waiting"): (
        "Quelqu’un aimerait rejoindre {title}",
        "Une inscription attend votre décision\u00a0:\n{origin}/admin/sign-ups\n",
    ),
    ("en", "new-password"): ("Your password on {title} changed", "Your password was changed." + _NOT_YOU),
    ("fr", "new-password"): (
        "Votre mot de passe sur {title} a changé",
        "Votre mot de passe a été changé." + _PAS_VOUS,
    ),
    ("en", "new-email"): (
        "Your address on {title} changed",
        "Your sign-in uses another mail address from now on; this one gets no more mail."
        "\n\nIf this was not you, write to the people who run this server: {origin}/about\n",
    ),
    ("fr", "new-email"): (
        "Votre adresse sur {title} a changé",
        "Votre connexion utilise désormais une autre adresse\u00a0; celle-ci ne recevra plus rien."
        "\n\nSi ce n’était pas vous, écrivez aux personnes qui tiennent ce serveur\u00a0: {origin}/about\n",
    ),
    ("en", "factor-on"): (
        "Codes protect your sign-in on {title}",
        "From now on a code of your application is asked when you sign in." + _NOT_YOU,
    ),
    ("fr", "factor-on"): (
        "Des codes protègent votre connexion à {title}",
        "Un code de votre application sera désormais demandé à chaque connexion." + _PAS_VOUS,
    ),
    ("en", "factor-off"): (
        "Codes no longer protect your sign-in on {title}",
        "No code is asked any more when you sign in." + _NOT_YOU,
    ),
    ("fr", "factor-off"): (
        "Les codes ne protègent plus votre connexion à {title}",
        "Aucun code n’est plus demandé à la connexion." + _PAS_VOUS,
    ),
    ("en", "recovery-used"): (
        "A recovery code opened your sign-in on {title}",
        "One of your recovery codes was used; it is worth nothing now." + _NOT_YOU,
    ),
    ("fr", "recovery-used"): (
        "Un code de secours a ouvert votre connexion à {title}",
        "L’un de vos codes de secours a servi\u00a0; il ne vaut plus rien." + _PAS_VOUS,
    ),
    ("en", "recovery-new"): (
        "New recovery codes on {title}",
        "New recovery codes were made; the earlier ones are worth nothing now." + _NOT_YOU,
    ),
    ("fr", "recovery-new"): (
        "Nouveaux codes de secours sur {title}",
        "De nouveaux codes de secours ont été créés\u00a0; les anciens ne valent plus rien." + _PAS_VOUS,
    ),
    ("en", "passkey-on"): (
        "A new passkey on {title}",
        "A passkey was added: “{name}”. It opens your sign-in." + _NOT_YOU,
    ),
    ("fr", "passkey-on"): (
        "Une nouvelle clé d’accès sur {title}",
        "Une clé d’accès a été ajoutée\u00a0: «\u00a0{name}\u00a0». Elle ouvre votre connexion." + _PAS_VOUS,
    ),
    ("en", "passkey-off"): (
        "A passkey was removed on {title}",
        "The passkey “{name}” no longer opens your sign-in." + _NOT_YOU,
    ),
    ("fr", "passkey-off"): (
        "Une clé d’accès a été retirée sur {title}",
        "La clé d’accès «\u00a0{name}\u00a0» n’ouvre plus votre connexion." + _PAS_VOUS,
    ),
    ("en", "passkey-alarm"): (
        "A passkey may have been copied ({title})",
        "Somebody tried to sign in with a copy of your passkey “{name}”. It was refused, and this passkey is "
        "blocked. Remove it and make a new one: {origin}/settings/security\n",
    ),
    ("fr", "passkey-alarm"): (
        "Une clé d’accès a peut-être été copiée ({title})",
        "Quelqu’un a tenté de se connecter avec une copie de votre clé d’accès «\u00a0{name}\u00a0». C’est refusé, et "
        "cette clé est bloquée. Retirez-la et créez-en une autre\u00a0: {origin}/settings/security\n",
    ),
    ("en", "factors-reset"): (
        "Your second factor on {title} was taken away",
        "The people who run this server took codes and passkeys off your sign-in, as somebody asked them to. "
        "Set them up again: {origin}/settings/security" + _NOT_YOU,
    ),
    ("fr", "factors-reset"): (
        "Votre second facteur sur {title} a été retiré",
        "Les personnes qui tiennent ce serveur ont retiré les codes et les clés d’accès de votre connexion, comme on "
        "le leur a demandé. Remettez-en\u00a0: {origin}/settings/security" + _PAS_VOUS,
    ),
}
