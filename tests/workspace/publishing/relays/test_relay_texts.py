"""The post of an item: within its signs, and never a word, a link or a hashtag broken."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mesange.kit.errors import Invalid
from mesange.kit.text import count_signs, entities
from mesange.workspace.publishing.model.relay_texts import DEFAULT_TEMPLATE, checked_template, hashtags_of, post_text
from mesange.workspace.publishing.model.relays import ItemState, RelayedItem

LINK = "https://blog.example/2026/11/une-adresse-assez-longue-pour-ne-pas-tenir-en-vingt-trois-signes"
WORDS = [
    "chaussettes",
    "#MadeInFrance",
    "https://autre.example/une/page",
    "l’été",
    "à",
    "2026",
    "日本語",
    "naïve",
    "@kindy",
]


def item(title: str, summary: str = "", tags: str = "", link: str = LINK) -> RelayedItem:
    return RelayedItem(1, 1, "guid", link, "", title, summary, tags, None, ItemState.WAITING)


@pytest.mark.parametrize(
    ("template", "given", "text"),
    [
        ("{title} {link}", item("Un titre"), f"Un titre {LINK}"),
        ("{title} {link} {hashtags}", item("Un titre", tags="Made in France"), f"Un titre {LINK} #MadeInFrance"),
        ("{title}\n\n{summary}\n{link}", item("Un titre"), f"Un titre\n\n{LINK}"),
        ("{summary} {link}", item("Un titre"), f"Un titre {LINK}"),
        ("{title} {link}", item("", "Un résumé"), f"Un résumé {LINK}"),
        ("Lu : {title} ({link})", item("Un titre", link="https://a.example/1"), "Lu : Un titre (https://a.example/1)"),
        ("{title} {link}", item("x" * 300), LINK),
        ("{title}", item("mot " * 60), ("mot " * 35).strip() + "…"),
        ("{title} {link}", item("日本語の" * 60), "日本語の" * 28 + "日本語… " + LINK),
        ("{title}", item("Écrit par @kindy"), "Écrit par @\u2060kindy"),
    ],
)
def test_a_template_is_filled(template: str, given: RelayedItem, text: str) -> None:
    assert post_text(template, given, 140) == text


def test_the_summary_gives_way_first_then_hashtags_then_the_title() -> None:
    template = "{title} – {summary} {link} {hashtags}"
    long = item("Un titre de taille moyenne", "Un résumé de plus en plus long " * 9, "un\ndeux")
    assert post_text(template, long, 140).endswith(f"… {LINK} #un #deux")
    assert "Un titre de taille moyenne – Un résumé" in post_text(template, long, 140)
    longer = item("Un titre de taille moyenne " * 4, "Un résumé", "un\ndeux\ntrois")
    assert post_text("{title} {link} {hashtags}", longer, 140).endswith(f"{LINK} #un")
    longest = item("Un titre bien trop long " * 9, tags="un")
    assert post_text("{title} {link} {hashtags}", longest, 140).endswith(f"… {LINK}")


def test_categories_become_hashtags_where_they_can() -> None:
    assert hashtags_of("Made in France\nchaussettes\nCHAUSSETTES\n2026\n\nR&D\nl’été") == [
        "#MadeInFrance",
        "#chaussettes",
        "#RD",
        "#LÉté",
    ]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join),
    st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join),
    st.integers(60, 500),
    st.sampled_from([DEFAULT_TEMPLATE, "{title} – {summary} {link}", "{title}"]),
)
def test_nothing_is_ever_broken(title: str, summary: str, most: int, template: str) -> None:
    text = post_text(template, item(title, summary, "Made in France"), most)
    assert count_signs(text) <= most
    whole = {*WORDS, LINK}
    found = entities(text)
    assert all(link.url in whole for link in found.links)
    assert all(f"#{tag.name}" in whole for tag in found.hashtags)
    shown = text.replace("\u2060", "").replace("…", " ").split()
    assert all(word in whole | {"–"} or "日本語".startswith(word) for word in shown)


@pytest.mark.parametrize("template", ["{link}", "{titre}", "{title} " + "mot " * 40])
def test_a_template_that_says_nothing_or_too_much_is_refused(template: str) -> None:
    with pytest.raises(Invalid):
        checked_template(template)
