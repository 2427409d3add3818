"""Hashtags, mentions and links are found where people expect them."""

import pytest

from mesange.kit.text import FoundHashtag, FoundLink, FoundMention, entities, fold, hashtag_name

HASHTAGS: list[tuple[str, list[str]]] = [
    ("Sur le lac #course", ["course"]),
    ("#Été #ete", ["Été", "ete"]),
    ("#2026 n'est pas un mot, #2026reasons oui", ["2026reasons"]),
    ("#_ #1_2 ＃plein", ["plein"]),
    ("#snake_case #mi·dot #half-way", ["snake_case", "mi·dot", "half"]),
    ("lettre#collée et &#39; ne comptent pas", []),
    ("Fin.#début (#parenthèse) 「#日本」", ["début", "parenthèse", "日本"]),
    ("chemin/#ancre =#valeur", []),
    ("#one#two", ["one"]),
    ("##double", ["double"]),
    ("#\ufe0f\u20e3 keycap #\u20e3", []),
    ("voir https://host.example/#ancre #vrai", ["vrai"]),
    ("#日本語https://host.example", ["日本語"]),
    ("#http://host.example #ftp://x #\u200dhttp:// #\u0301", []),
    ("#ශ්‍රීලංකා #می‌خواهم", ["ශ්‍රීලංකා", "می‌خواهم"]),
]
MENTIONS: list[tuple[str, list[str]]] = [
    ("@lucie bonjour", ["lucie"]),
    ("bonjour @Lucie_2!", ["Lucie_2"]),
    (".@lucie (@marc) «@anne»", ["lucie", "marc", "anne"]),
    ("@lucie@far.example et @a.b-c@far.example.", ["lucie@far.example", "a.b-c@far.example"]),
    ("@lucie. @marc.Ensuite @anne-", ["lucie", "marc", "anne"]),
    ("lucie@host.example rené@host.example", []),
    ("@@lucie @lucie@ @lucieà !@lucie f#@kn", []),
    ("/@lucie =@lucie http://host.example/@lucie", []),
    ("@http://host.example", []),
    ("の@lucieに", ["lucie"]),
    ("@lucie@" + "a" * 254, []),
    ("@far@münchen.example", ["far@münchen.example"]),
]
LINKS: list[tuple[str, list[str]]] = [
    ("http://host.example", ["http://host.example"]),
    ("HTTPS://Host.Example/Path", ["HTTPS://Host.Example/Path"]),
    ("(https://host.example/a_(b)).", ["https://host.example/a_(b)"]),
    ("https://host.example:8140/a?b=c&d=e#f, puis", ["https://host.example:8140/a?b=c&d=e#f"]),
    ("https://host.example/? https://host.example/!!!", ["https://host.example/", "https://host.example/"]),
    ("host.example www.host.example ftp://host.example", []),
    ("http://localhost http://127.0.0.1/ http://", []),
    ("http://user@host.example http://user:pass@host.example", []),
    ("javascript://host.example/%0aalert(1) xhttp://host.example", []),
    ("#http://host.example @http://host.example", []),
    ("http://a.example http://b.example", ["http://a.example", "http://b.example"]),
    ("http://bücher.example/日本語 い", ["http://bücher.example/日本語"]),
    ("http://host.comだよね", ["http://host.com"]),
    ("http://host.example/\u202egpj.exe", ["http://host.example/"]),
    ('<a href="http://host.example/a">', ["http://host.example/a"]),
    ("http://under_score.host.example http://under_score.example", ["http://under_score.host.example"]),
]
IDENTITIES = [
    ("Été", "ete"),
    ("ＦＵＬＬ", "full"),
    ("İstanbul", "istanbul"),
    ("Straße", "straße"),
    ("Łódź", "lodz"),
    ("mi·dot", "mi·dot"),
    ("e\u0301\u0301x\u0302", "ex"),
    ("メ～テレ", "メテレ"),
    ("महात्मा", "महात्मा"),
    ("می‌خواهم", "می‌خواهم"),
]


@pytest.mark.parametrize(("text", "names"), HASHTAGS)
def test_hashtags_are_found(text: str, names: list[str]) -> None:
    assert [hashtag.name for hashtag in entities(text).hashtags] == names


@pytest.mark.parametrize(("text", "accts"), MENTIONS)
def test_mentions_are_found(text: str, accts: list[str]) -> None:
    assert [mention.acct for mention in entities(text).mentions] == accts


@pytest.mark.parametrize(("text", "urls"), LINKS)
def test_links_are_found(text: str, urls: list[str]) -> None:
    assert [link.url for link in entities(text).links] == urls


def test_places_are_code_points_in_order() -> None:
    found = entities("😀 @lucie@far.example #Été https://host.example").in_order()
    assert found == [
        FoundMention(2, 20, "lucie", "far.example"),
        FoundHashtag(21, 25, "Été"),
        FoundLink(26, 46, "https://host.example"),
    ]


@pytest.mark.parametrize(("written", "name"), IDENTITIES)
def test_a_hashtag_has_one_identity_in_all_its_spellings(written: str, name: str) -> None:
    assert hashtag_name(written) == name
    assert hashtag_name(name) == name


def test_names_are_compared_without_case_and_accents() -> None:
    assert fold("Élodie DUPRÉ") == fold("elodie dupre")
