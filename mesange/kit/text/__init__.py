"""Text: find, count, clean, show and compare what people write.

Pure functions, no input or output, linear in time on any input. Entities are found as twitter-text's
conformance cases say, except where Mastodon's rules differ:

| what | here | why |
|---|---|---|
| `@name@host` | one remote mention (twitter-text: nothing) | accounts live on many servers |
| `rt@name`, `text/@name`, `=@name` | no mention | Mastodon: mail addresses and paths are not mentions |
| `@name/list` | a mention of `name` | there are no public lists |
| `example.com` without a scheme | no link | Mastodon links what carries `http://` or `https://` |
| `http://host/chemin/日本語` | paths in any script | Mastodon's wider path |
| `a/#hashtag`, `=#hashtag` | no hashtag | Mastodon: the fragment of a link is not a hashtag |
| `#one#two` | `#one` (twitter-text: nothing) | Mastodon |
| `#motshttps://host` | the hashtag ends where the link starts | Mastodon |
| any top-level domain | linked (twitter-text: a fixed list) | the list grows; a script change ends the host |
| cashtags | not found | Mastodon has none |

Wider than Mastodon, as in twitter-text: a mention may follow a script that writes without spaces (`の@name`),
and hashtags keep the joiners of Sinhala, Persian, Tibetan and Japanese (`メ～テレ`). Narrower than Mastodon,
as in twitter-text: `f!@kn` mentions nobody, and `@name.` never takes the dot unless a host follows.
"""

from mesange.kit.text.domains import checked_domain, parents_of
from mesange.kit.text.entities import Entities, entities
from mesange.kit.text.found import FoundHashtag, FoundLink, FoundMention
from mesange.kit.text.hashtags import hashtag_name, is_hashtag
from mesange.kit.text.html import own_link, to_html
from mesange.kit.text.hygiene import checked_title, clean, clean_name
from mesange.kit.text.identity import fold
from mesange.kit.text.prose import prose_html
from mesange.kit.text.sanitiser import plain, sanitise
from mesange.kit.text.signs import SIGNS_PER_LINK, count_signs, excerpt
from mesange.kit.text.skeleton import skeleton

__all__ = [
    "SIGNS_PER_LINK",
    "Entities",
    "FoundHashtag",
    "FoundLink",
    "FoundMention",
    "checked_domain",
    "checked_title",
    "clean",
    "clean_name",
    "count_signs",
    "entities",
    "excerpt",
    "fold",
    "hashtag_name",
    "is_hashtag",
    "own_link",
    "parents_of",
    "plain",
    "prose_html",
    "sanitise",
    "skeleton",
    "to_html",
]
