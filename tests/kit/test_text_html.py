"""The HTML of our posts, and what stays of the HTML of others."""

import pytest

from mesange.kit.text import FoundHashtag, FoundMention, entities, hashtag_name, plain, sanitise, to_html

KNOWN = {"lucie": "lucie", "marc@far.example": "marc@far.example", "lucie@far.example": "lucie@far.example"}


def target(mention: FoundMention) -> tuple[str, str] | None:
    acct = KNOWN.get(mention.acct)
    return (f"https://host.example/@{acct}", acct) if acct else None


def tag_page(hashtag: FoundHashtag) -> str:
    return f"https://host.example/tags/{hashtag_name(hashtag.name)}"


def rendered(text: str) -> str:
    return to_html(text, entities(text), target, tag_page)


def mention(acct: str, shown: str) -> str:
    return (
        f'<span class="h-card" translate="no"><a href="https://host.example/@{acct}" class="u-url mention">'
        f"@<span>{shown}</span></a></span>"
    )


def link(url: str, prefix: str, shown: str, rest: str = "") -> str:
    kind = "ellipsis" if rest else ""
    return (
        f'<a href="{url}" target="_blank" rel="nofollow noopener noreferrer" translate="no">'
        f'<span class="invisible">{prefix}</span><span class="{kind}">{shown}</span>'
        f'<span class="invisible">{rest}</span></a>'
    )


RENDERED = [
    ("", ""),
    ("\n\n", ""),
    ("un\ndeux\n\n\ntrois", "<p>un<br />deux</p><p>trois</p>"),
    ("<b> & \"x\" 'y'", "<p>&lt;b&gt; &amp; &quot;x&quot; &#39;y&#39;</p>"),
    ("@lucie @nobody", f"<p>{mention('lucie', 'lucie')} @nobody</p>"),
    ("@marc@far.example", f"<p>{mention('marc@far.example', 'marc')}</p>"),
    (
        "@lucie @lucie@far.example",
        f"<p>{mention('lucie', 'lucie')} {mention('lucie@far.example', 'lucie@far.example')}</p>",
    ),
    ("#Été", '<p><a href="https://host.example/tags/ete" class="mention hashtag" rel="tag">#<span>Été</span></a></p>'),
    ("https://www.a.example/", f"<p>{link('https://www.a.example/', 'https://www.', 'a.example/')}</p>"),
    (
        "http://a.example/" + "b" * 30,
        f"<p>{link('http://a.example/' + 'b' * 30, 'http://', 'a.example/' + 'b' * 20, 'b' * 10)}</p>",
    ),
    (
        "http://a.example/" + "b" * 21,
        f"<p>{link('http://a.example/' + 'b' * 21, 'http://', 'a.example/' + 'b' * 21)}</p>",
    ),
    ("https://a.io/?a=1&b=2", f"<p>{link('https://a.io/?a=1&amp;b=2', 'https://', 'a.io/?a=1&amp;b=2')}</p>"),
]
OUTSIDE_LINK = 'target="_blank" rel="nofollow noopener noreferrer"'
SANITISED = [
    ("<p>a<br>b</p>", "<p>a<br>b</p>"),
    ("<script>x</script><style>y</style><svg><math><form><input><button><embed><iframe>z", "z"),
    ('<a href="javascript:alert(1)" onclick="x">a</a>', f"<a {OUTSIDE_LINK}>a</a>"),
    (
        '<a href="https://a.io" rel="me" class="mention evil u-url">a</a>',
        f'<a href="https://a.io" class="mention u-url" {OUTSIDE_LINK}>a</a>',
    ),
    ('<p style="x" class="quote-inline" lang="fr">a</p>', '<p class="quote-inline" lang="fr">a</p>'),
    ('<span translate="no">a</span><span translate="yes">b</span>', '<span translate="no">a</span><span>b</span>'),
    ("<h1 id=x>Titre</h1>", "<p><strong>Titre</strong></p>"),
    ('<ol start="3" reversed=""><li value="2">a</li></ol>', '<ol start="3" reversed=""><li value="2">a</li></ol>'),
    ("<!-- x -->\ud800", "\ufffd"),
]


@pytest.mark.parametrize(("text", "html"), RENDERED)
def test_a_post_becomes_html(text: str, html: str) -> None:
    assert rendered(text) == html


@pytest.mark.parametrize(("given", "kept"), SANITISED)
def test_d7_foreign_html_keeps_only_what_is_allowed(given: str, kept: str) -> None:
    assert sanitise(given) == kept


def test_d5_the_list_of_allowed_elements_is_mastodons() -> None:
    every = "p br span a del s pre blockquote code b strong u i em ul ol li"
    refused = (
        "embed object iframe img video audio form input button style svg math table div h7 base meta link template"
    )
    assert all(f"<{tag}" in sanitise(f"<{tag}>x</{tag}>") for tag in every.split())
    assert [tag for tag in refused.split() if "<" in sanitise(f"<{tag}>x</{tag}>")] == []


def test_plain_text_keeps_words_and_lines() -> None:
    assert plain("<p>a &lt;b&gt;<br />c</p><p>d &amp;amp;</p><script>x</script>") == "a <b>\nc\nd &amp;"
    assert plain(rendered("un & deux\ntrois")) == "un & deux\ntrois"


def test_markup_beyond_all_measure_becomes_text() -> None:
    assert sanitise("<ul><li>a" * 5_000) == f"<p>{'a' * 5_000}</p>"
