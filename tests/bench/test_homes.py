"""The check after a burst knows what each home must hold."""

from bench.homes import newest_in_homes
from bench.people import Member, followed_by, followers_of


def ring(size: int) -> list[Member]:
    return [Member(token=f"t{place}", id=str(place), acct=f"member{place}") for place in range(size)]


def test_each_author_of_the_ring_has_thirty_followers() -> None:
    members = ring(50)
    followers = [sum(author in followed_by(members, place) for place in range(50)) for author in members]
    assert followers == [30] * 50
    assert members[0] in followed_by(members, members.index(followers_of(members, 0)[0]))


def test_a_home_holds_the_newest_of_those_it_follows_and_its_own() -> None:
    members = ring(50)
    # The members wrote in turn; ids grow, and a longer id is newer.
    ids = {turn: str(995 + turn) for turn in range(50)}
    expected = newest_in_homes(members, ids)
    assert expected[members[0]][:2] == ["1025", "1024"]
    assert len(expected[members[0]]) == 31
    assert expected[members[0]][-1] == "995"
