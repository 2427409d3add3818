"""The address table of the advisories on server-side request forgery, in every spelling, at every door."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mesange.kit.http import Budget, Http, OutgoingRefused, Target, is_forbidden

TABLE = [
    *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"),
    *("192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24"),
    *("203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4", "255.255.255.255/32", "::/128", "::1/128", "::/96"),
    *("::ffff:0:0/96", "::ffff:0:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/32"),
    *("2001:10::/28", "2001:20::/28", "2001:db8::/32", "2002::/16", "3fff::/20", "fc00::/7", "fe80::/10"),
    *("fec0::/10", "ff00::/8"),
]
# Addresses inside IPv6 forms that carry an IPv4 one: mapped, compatible, translated, NAT64, 6to4, Teredo.
CARRIERS = [
    *("::ffff:127.0.0.1", "::ffff:8.8.8.8", "::127.0.0.1", "::8.8.8.8", "::ffff:0:127.0.0.1"),
    *("64:ff9b::127.0.0.1", "64:ff9b::8.8.8.8", "64:ff9b:1::a00:1", "2002:7f00:1::", "2002:808:808::"),
    *("2001:0:4136:e378:8000:63bf:3fff:fdd2", "5f00::1", "4000::1"),
]
PUBLIC = [
    "1.1.1.1",
    "8.8.8.8",
    "93.184.216.34",
    "100.128.0.1",
    "172.32.0.1",
    "198.20.0.1",
    "2606:4700::1111",
    "2a00:1450:4007::200e",
]


def edges(network_text: str) -> list[str]:
    network = ip_network(network_text)
    middle = network[network.num_addresses // 2]
    return sorted({str(network[0]), str(middle), str(network[-1])})


FORBIDDEN = [*(address for network in TABLE for address in edges(network)), *CARRIERS]


def literal(address: str) -> str:
    return f"[{address}]" if ":" in address else address


def spellings(address: IPv4Address) -> list[str]:
    """Every way in which some C library still reads this IPv4 address."""
    number, (a, b, c, d) = int(address), address.packed
    return [
        *(str(number), f"{number:#x}", f"0{number:o}", f"0x{number:08X}"),
        *(f"{a:#x}.{b:#x}.{c:#x}.{d:#x}", f"0{a:o}.0{b:o}.0{c:o}.0{d:o}", f"{a:03}.{b:03}.{c:03}.{d:03}"),
        *(f"{a}.{number & 0xFFFFFF}", f"{a}.{b}.{number & 0xFFFF}", f"{a}.{b}.{c}.{d:#x}", f"{a:#x}.{b}.{c}.{d}"),
        *(f"{address}.", f"{number}.", f"{a}.{b}.{c}.{d}..", f"[{address}]", f"[::ffff:{address}]", f"[::{address}]"),
        *(f"[0:0:0:0:0:ffff:{a:x}{b:02x}:{c:x}{d:02x}]", f"%31{str(address)[1:]}", f"{a}%2e{b}.{c}.{d}"),
        *(str(address).translate(FULL_WIDTH), str(address).translate(ARABIC), str(address).replace(".", "。")),
        *(f"localhost@{address}", f"8.8.8.8@{address}", f"{address}%00.example.org", f"[{address}%25eth0]"),
    ]


FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


@pytest.mark.parametrize("address", FORBIDDEN)
def test_the_whole_table_is_forbidden(address: str) -> None:
    assert is_forbidden(ip_address(address))


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_are_not(address: str) -> None:
    assert not is_forbidden(ip_address(address))


def test_an_allowance_opens_just_what_it_names() -> None:
    allowed = frozenset({ip_network("127.0.0.1/32")})
    assert not is_forbidden(IPv4Address("127.0.0.1"), allowed)
    assert is_forbidden(IPv4Address("127.0.0.2"), allowed)
    assert is_forbidden(IPv6Address("::ffff:127.0.0.1"), allowed)


async def test_the_table_is_refused_as_literal() -> None:
    http = Http("https://here.example")
    for address in FORBIDDEN:
        with pytest.raises(OutgoingRefused):
            await http.get(f"http://{literal(address)}/")


async def test_every_spelling_of_an_ipv4_address_is_refused() -> None:
    http = Http("https://here.example")
    for network in TABLE:
        for address in edges(network):
            for spelling in spellings(IPv4Address(address)) if ":" not in address else []:
                with pytest.raises(OutgoingRefused):
                    await http.get(f"https://{spelling}/")


async def test_the_table_is_refused_as_answer_of_the_resolver() -> None:
    answers: list[str] = []

    async def resolve(host: str) -> list[str]:
        return answers

    http = Http("https://here.example", resolve=resolve)
    for address in [*FORBIDDEN, "fe80::1%eth0"]:
        answers[:] = [address]
        with pytest.raises(OutgoingRefused, match="public network"):
            await http.get("http://rebound.example/", budget=Budget(seconds=1))


@pytest.mark.parametrize(
    "url",
    [
        *("", "example.org", "//example.org/", "ftp://example.org/", "file:///etc/passwd", "data:text/html,hello"),
        *("gopher://example.org:70/_x", "javascript:alert(1)", "http:example.org", "http:/example.org", "http://"),
        *("http:///example.org", "http:////example.org", "http://?q", "http://#", "http://.", "http://a..b/"),
        *("http://user@example.org/", "http://user:secret@example.org/", "http://@example.org/", "http://a@b@c/"),
        *("http://example.org\\@127.0.0.1/", "http:\\\\example.org", "http://example.org/\\x", "http://exa mple.org/"),
        *("http://example.org/\r\nHost: x", "http://example.org/\tx", "http://example.org/\0", "\nhttp://example.org/"),
        *("http://example.org/a b", " http://example.org/", "http://example.org/ ", "http://example.org/\x7f"),
        *(
            "http://exämple.org/",
            "http://example。org/",
            "http://ⓔxample.org/",
            "http://\u212a8s.example/",
            "http://\u017f.example/",
        ),
        *("http://example.org:0/", "http://example.org:22/", "http://example.org:65536/", "http://example.org:99999/"),
        *("http://example.org:25/", "http://example.org:٨٠/", "http://example.org:8_0/", "http://example.org:-1/"),
        *("http://[::1", "http://[]/", "http://[g::]/", "http://[2606:4700::1111%25eth0]/", "http://[1.1.1.1]/"),
        *(
            "http://[2606:4700::1111]extra/",
            "http://1.1.1/",
            "http://0x1.1.1.1/",
            "http://1.1.1.1.1/",
            "http://256.1.1.1/",
        ),
        *(f"http://{'a' * 64}.example/", f"http://{'a.' * 130}example/", f"http://example.org/{'a' * 5000}"),
        *(
            "http://-a.example/",
            "http://a-.example/",
            "http://example.org./",
            "http://0x1010101/",
            "http://1.1.1.0x1/",
            "http://example.org/\ud800",
        ),
    ],
)
def test_an_unclear_url_is_refused(url: str) -> None:
    with pytest.raises(OutgoingRefused):
        Target.read(url)


@pytest.mark.parametrize(
    ("url", "read"),
    [
        ("HTTP://Example.ORG", "http://example.org/"),
        ("https://example.org:443/a?b=c#d", "https://example.org/a?b=c"),
        ("http://example.org:8080?q=1", "http://example.org:8080/?q=1"),
        ("https://xn--msange-bva.example/é?è=1", "https://xn--msange-bva.example/%C3%A9?%C3%A8=1"),
        ("http://1.1.1.1/", "http://1.1.1.1/"),
        ("https://[2606:4700::1111]:8443/x", "https://[2606:4700::1111]:8443/x"),
        ("http://a_b.example//x/../y@z:1", "http://a_b.example//x/../y@z:1"),
    ],
)
def test_a_clear_url_has_one_canonical_form(url: str, read: str) -> None:
    assert Target.read(url).url == read


PIECES = [
    *("http", "HTTPS", ":", "/", "//", "\\", "@", "?", "#", "[", "]", ".", "..", "%", "%00", "%2e", "127", "0x7f", "1"),
    *(
        "0177",
        "::1",
        "ffff",
        "example",
        "ORG",
        "localhost",
        "é",
        "１",
        "。",
        " ",
        "\t",
        "\r\n",
        "\0",
        ":80",
        ":22",
        "-",
    ),
]


@settings(max_examples=50)
@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join), st.text(max_size=20))
def test_whatever_is_read_is_read_alike_by_everyone(pieces: str, text: str) -> None:
    for url in (pieces, text, f"http://{pieces}", f"https://{text}", f"http://a.example/{text}{pieces}"):
        try:
            target = Target.read(url)
        except OutgoingRefused:
            continue
        assert target.url.isascii()
        assert Target.read(target.url) == target
        parts = urlsplit(target.url)
        assert (parts.scheme, parts.hostname, parts.username) == (target.scheme, target.host, None)
        assert (parts.port or {"http": 80, "https": 443}[target.scheme]) == target.port
