"""What this place says of itself until its people write it better. `{title}`, `{domain}` and `{email}` are filled in.

The page about privacy says what this program keeps and for how long: who changes that, changes this page.
"""

from collections.abc import Mapping

from mesange.core.moderation.model.site import SiteTextName

PRIVACY_EN = """\
This page says what the program that runs {title} ({domain}) keeps about you, why, and for how long.

## What you give

Your mail address, your password (kept only as an Argon2 hash, which cannot be turned back), your language, your profile, your posts, the pictures you add, your favourites, bookmarks, follows, blocks, mutes and filters. They are kept until you delete them, or your account.

Public posts can be read by anyone, and copied. Posts for followers, or for the people mentioned, are shown to them only. They are not encrypted from end to end: the people who run this server could read them, and each look of that kind by the moderation is noted.

## What is noted by itself

For each browser that is signed in: its name, when it signed in and was last seen, and its address without its last part. This goes when you sign out, and after sixty days without a visit.

For each application that acts for you: its name, its rights, and since when. This goes when you take its access back.

Visits to pages are not logged. Addresses are counted in memory against too many requests, for a day at most, and are never written down.

## Mails

The text of a mail is erased as soon as it has left; its address, subject and date stay, so that failures can be found.

## Deleted means deleted

The text of a deleted post is gone from the database at once, with its earlier versions; its number stays, so that nothing brings it back. Backups made earlier hold it until they are replaced.

## Moderation

A report keeps who wrote it, about whom, the comment and the numbers of the posts; the account concerned never learns who reported. A decision about an account is kept with its reasons, and you can read it in your settings. What is suspended is hidden, and erased once the decision can no longer be answered, after six months. What the staff does is noted in a log that cannot be changed.

## Cookies and others

One cookie keeps you signed in, one protects forms, and two remember language and colours. Nothing is loaded from other sites, there is no advertising, nothing is measured about you, and nothing is sold.

## Your rights

You can see, correct and download what is kept, and delete your account, in your settings. For anything else write to {email}. You can also complain to your data protection authority.
"""

PRIVACY_FR = """\
Cette page dit ce que le programme qui fait vivre {title} ({domain}) conserve à votre sujet, pourquoi, et combien de temps.

## Ce que vous donnez

Votre adresse de courriel, votre mot de passe (seulement sous forme d’empreinte Argon2, qui ne permet pas de le retrouver), votre langue, votre profil, vos messages, les images que vous ajoutez, vos favoris, signets, abonnements, blocages, masquages et filtres. Tout cela est conservé jusqu’à ce que vous l’effaciez, ou votre compte.

Les messages publics peuvent être lus par tous, et copiés. Les messages destinés aux abonnés ou aux personnes mentionnées ne sont montrés qu’à elles. Ils ne sont pas chiffrés de bout en bout\u00a0: les personnes qui tiennent ce serveur pourraient les lire, et chaque consultation de ce genre par la modération est notée.

## Ce qui est noté de soi-même

Pour chaque navigateur connecté\u00a0: son nom, quand il s’est connecté et a été vu pour la dernière fois, et son adresse sans sa dernière partie. Cela disparaît quand vous vous déconnectez, et après soixante jours sans visite.

Pour chaque application qui agit pour vous\u00a0: son nom, ses droits, et depuis quand. Cela disparaît quand vous lui retirez son accès.

Les visites des pages ne sont pas journalisées. Les adresses sont comptées en mémoire contre les excès de requêtes, un jour au plus, et ne sont jamais écrites.

## Courriels

Le texte d’un courriel est effacé dès qu’il est parti\u00a0; son adresse, son objet et sa date restent, pour qu’un échec puisse être retrouvé.

## Supprimé veut dire supprimé

Le texte d’un message supprimé quitte aussitôt la base de données, avec ses versions antérieures\u00a0; son numéro reste, pour que rien ne le fasse revenir. Les sauvegardes faites avant le gardent jusqu’à leur remplacement.

## Modération

Un signalement garde qui l’a écrit, au sujet de qui, le commentaire et les numéros des messages\u00a0; le compte concerné n’apprend jamais qui a signalé. Une décision au sujet d’un compte est conservée avec ses raisons, et vous pouvez la lire dans vos réglages. Ce qui est suspendu est masqué, puis effacé quand la décision ne peut plus être contestée, au bout de six mois. Ce que fait l’équipe est noté dans un journal que l’on ne peut pas changer.

## Témoins et tiers

Un témoin (cookie) vous garde connecté, un autre protège les formulaires, deux retiennent la langue et les couleurs. Rien n’est chargé depuis d’autres sites, il n’y a pas de publicité, rien n’est mesuré à votre sujet, et rien n’est vendu.

## Vos droits

Vous pouvez voir, corriger et télécharger ce qui est conservé, et supprimer votre compte, dans vos réglages. Pour toute autre demande, écrivez à {email}. Vous pouvez aussi saisir l’autorité de protection des données (en France, la CNIL).
"""

TERMS_EN = """\
By using {title} you agree to keep to its rules and to the law.

What you write stays yours. You let this server show it to whom you address it, and pass it on to servers that follow it.

Decisions of the moderation come with their reasons, and you can answer them. You can leave at any time and take with you what you wrote.

The service is given as it is, with care and without a warranty.
"""

TERMS_FR = """\
En utilisant {title}, vous acceptez d’en respecter les règles, ainsi que la loi.

Ce que vous écrivez reste à vous. Vous permettez à ce serveur de le montrer à ceux à qui vous l’adressez, et de le transmettre aux serveurs qui le suivent.

Les décisions de la modération sont motivées, et vous pouvez y répondre. Vous pouvez partir à tout moment en emportant ce que vous avez écrit.

Le service est rendu tel quel, avec soin et sans garantie.
"""

DEFAULT_TEXTS: Mapping[str, Mapping[SiteTextName, str]] = {
    "en": {
        SiteTextName.ABOUT: "",
        SiteTextName.PRIVACY: PRIVACY_EN,
        SiteTextName.TERMS: TERMS_EN,
        SiteTextName.CONTACT: "You reach the people who run this server here:",
    },
    "fr": {
        SiteTextName.ABOUT: "",
        SiteTextName.PRIVACY: PRIVACY_FR,
        SiteTextName.TERMS: TERMS_FR,
        SiteTextName.CONTACT: "Voici comment joindre les personnes qui tiennent ce serveur\u00a0:",
    },
}

NO_ADDRESS = {"en": "the people who run this server", "fr": "l’équipe de ce serveur"}
"""Whom one writes to where no mail address is set."""
