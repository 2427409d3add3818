"""What is kept in memory: bounded, and never older than what was forgotten."""

from mesange.kit.recent import Recent
from mesange.kit.rendered import Cache


def test_the_oldest_goes_when_there_are_too_many() -> None:
    kept: Recent[int, str] = Recent(3)
    for number in range(5):
        kept.keep(number, str(number))
    assert kept == {2: "2", 3: "3", 4: "4"}
    kept.forget(3)
    kept.forget(99)
    assert kept == {2: "2", 4: "4"}
    kept.forget_all()
    assert kept == {}


def test_an_answer_read_before_something_was_forgotten_is_not_kept() -> None:
    kept: Recent[int, str] = Recent(3)
    since = kept.forgotten
    kept.keep(1, "as it was read", since)
    assert kept[1] == "as it was read"

    since = kept.forgotten
    kept.forget(1)
    kept.keep(1, "as it was before the change", since)

    assert 1 not in kept
    kept.keep(1, "read again", kept.forgotten)
    assert kept[1] == "read again"


def test_a_cache_holds_at_most_so_many_bytes() -> None:
    cache: Cache[str, bytes] = Cache(100)
    for name in "abcd":
        cache.put(name, name.encode(), 30)
    assert list(cache) == ["b", "c", "d"]
    cache.put("b", b"bigger", 60)
    assert list(cache) == ["d", "b"], "what is made again is the newest"
    cache.drop("d")
    cache.drop("never")
    cache.put("huge", b"", 1_000)
    assert list(cache) == ["huge"], "one is kept, however big"
    cache.put("small", b"", 1)
    assert list(cache) == ["small"]
