"""The words of moderation's mails, in both languages."""

from collections.abc import Mapping
from typing import NamedTuple

from mesange.core.moderation.model import Measure


class Letter(NamedTuple):
    body: str
    subject: str = ""


MEASURES: Mapping[str, Mapping[Measure, str]] = {
    "en": {
        Measure.WARN: "a warning; nothing is restricted",
        Measure.SENSITIVE: "the media of some posts are shown behind a warning",
        Measure.DELETE: "some posts were deleted",
        Measure.LIMIT: "the posts of this account are shown to its followers only, for no set time",
        Measure.FREEZE: "this account can read, and write nothing, for no set time",
        Measure.SUSPEND: "this account is suspended and hidden",
    },
    "fr": {
        Measure.WARN: "un avertissement ; rien n’est restreint",
        Measure.SENSITIVE: "les médias de certains messages s’affichent derrière un avertissement",
        Measure.DELETE: "certains messages ont été supprimés",
        Measure.LIMIT: "les messages de ce compte ne sont montrés qu’à ses abonnés, sans durée fixée",
        Measure.FREEZE: "ce compte peut lire, mais plus rien écrire, sans durée fixée",
        Measure.SUSPEND: "ce compte est suspendu et masqué",
    },
}

LETTERS: Mapping[str, Mapping[str, Letter]] = {
    "en": {
        "receipt": Letter(
            "Thank you. Your report number {number} about @{target} has arrived. People will read it, and you will be "
            "told what came of it.\n\nThe moderation of {title}\n",
            "We have your report ({title})",
        ),
        "acted on": Letter(
            "We have read your report number {number} and taken a measure. Thank you.\n\n"
            "If you think that it is not enough, answer this mail or report again; a court or the coordinator for "
            "digital services of your country can be asked too.\n\nThe moderation of {title}\n",
            "What came of your report ({title})",
        ),
        "not acted on": Letter(
            "We have read your report number {number} and found nothing that our rules or the law would have us "
            "change. You can mute or block this account.\n\n"
            "If you think that we are wrong, answer this mail or report again with more detail; a court or the "
            "coordinator for digital services of your country can be asked too.\n\nThe moderation of {title}\n",
            "What came of your report ({title})",
        ),
        "statement": Letter(
            "This is about your account @{account}.\n\nWhat was decided: {measure}.{follows}\n\nWhy: {text}\n\n"
            "Ground: {ground}\n\nHow we learned of it: {source}\nHow it was decided: {means}\n\n"
            "You can answer once, before {day}, and the decision will be looked at again:\n{link}\n"
            "You can sign in there even if the account is suspended. An out-of-court dispute body or a court can be "
            "asked too.\n\nThe moderation of {title}\n",
            "A decision about your account ({title})",
        ),
        "removal": Letter(" On {day} all that it holds will be erased, unless the decision is taken back before."),
        "ground rule": Letter("the rules of this place."),
        "ground law": Letter("the law: this content was held to be illegal."),
        "from a report": Letter("somebody reported it."),
        "from ourselves": Letter("we saw it ourselves."),
        "automated": Letter("by a program, without a person."),
        "by people": Letter("by people, not by a program."),
        "appeal granted": Letter(
            "We have looked again and taken the decision back ({measure}). What was deleted cannot be brought back.\n\n"
            "{link}\n\nThe moderation of {title}\n",
            "The decision is taken back ({title})",
        ),
        "appeal refused": Letter(
            "We have looked again, and the decision stands ({measure}).{follows} An out-of-court dispute body or a "
            "court can be asked.\n\n{link}\n\nThe moderation of {title}\n",
            "The decision stands ({title})",
        ),
    },
    "fr": {
        "receipt": Letter(
            "Merci. Votre signalement numéro {number} au sujet de @{target} nous est parvenu. Des personnes vont le "
            "lire, et vous saurez ce qu’il en est advenu.\n\nLa modération de {title}\n",
            "Votre signalement est arrivé ({title})",
        ),
        "acted on": Letter(
            "Nous avons lu votre signalement numéro {number} et pris une mesure. Merci.\n\n"
            "Si elle ne vous paraît pas suffisante, répondez à ce courriel ou signalez à nouveau ; un tribunal ou le "
            "coordinateur pour les services numériques de votre pays peut aussi être saisi.\n\n"
            "La modération de {title}\n",
            "La suite donnée à votre signalement ({title})",
        ),
        "not acted on": Letter(
            "Nous avons lu votre signalement numéro {number} et n’avons rien trouvé que nos règles ou la loi nous "
            "demandent de changer. Vous pouvez masquer ou bloquer ce compte.\n\n"
            "Si vous pensez que nous avons tort, répondez à ce courriel ou signalez à nouveau avec plus de détails ; "
            "un tribunal ou le coordinateur pour les services numériques de votre pays peut aussi être saisi.\n\n"
            "La modération de {title}\n",
            "La suite donnée à votre signalement ({title})",
        ),
        "statement": Letter(
            "Il s’agit de votre compte @{account}.\n\nCe qui a été décidé : {measure}.{follows}\n\n"
            "Pourquoi : {text}\n\nFondement : {ground}\n\nComment nous l’avons appris : {source}\n"
            "Comment cela a été décidé : {means}\n\n"
            "Vous pouvez répondre une fois, avant le {day}, et la décision sera réexaminée :\n{link}\n"
            "Vous pouvez vous y connecter même si le compte est suspendu. Un organe de règlement extrajudiciaire des "
            "litiges ou un tribunal peut aussi être saisi.\n\nLa modération de {title}\n",
            "Une décision au sujet de votre compte ({title})",
        ),
        "removal": Letter(" Le {day}, tout ce qu’il contient sera effacé, sauf si la décision est retirée d’ici là."),
        "ground rule": Letter("les règles de ce lieu."),
        "ground law": Letter("la loi : ce contenu a été jugé illicite."),
        "from a report": Letter("quelqu’un l’a signalé."),
        "from ourselves": Letter("nous l’avons vu nous-mêmes."),
        "automated": Letter("par un programme, sans intervention humaine."),
        "by people": Letter("par des personnes, non par un programme."),
        "appeal granted": Letter(
            "Nous avons réexaminé la décision et la retirons ({measure}). Ce qui a été supprimé ne peut pas être "
            "rétabli.\n\n{link}\n\nLa modération de {title}\n",
            "La décision est retirée ({title})",
        ),
        "appeal refused": Letter(
            "Nous avons réexaminé la décision, et elle est maintenue ({measure}).{follows} Un organe de règlement "
            "extrajudiciaire des litiges ou un tribunal peut être saisi.\n\n{link}\n\nLa modération de {title}\n",
            "La décision est maintenue ({title})",
        ),
    },
}
