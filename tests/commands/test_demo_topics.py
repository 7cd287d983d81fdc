"""The demo's table topics: who hosts them, who gave them stars, and where they can be talked about."""

from collections import Counter

from matchmaker.commands.demo_event.content import read
from matchmaker.services.plans.pitch_topics import MOST_STARS

EVENT = read("event")
PEOPLE = {one["key"]: one for one in read("people")}
TABLE_TOPICS = read("table_topics")
ACCEPTED = [one for one in TABLE_TOPICS if one["state"] == "accepted"]


def test_table_topics_are_hosted_and_starred_by_others_who_come():
    hosts = [one["host"] for one in TABLE_TOPICS]
    assert len(set(hosts)) == len(hosts) == len({one["title"] for one in TABLE_TOPICS}) >= 12
    assert Counter(one["state"] for one in TABLE_TOPICS) == {"accepted": 11, "pitched": 1, "declined": 1}
    given = Counter(key for one in TABLE_TOPICS for key in one["stars"])
    assert {PEOPLE[key]["state"] for key in {*hosts, *given}} == {"confirmed"}
    assert max(given.values()) <= MOST_STARS
    for one in TABLE_TOPICS:
        assert one["host"] not in one["stars"]
        assert len(set(one["stars"])) == len(one["stars"])
        assert (len(one["stars"]) >= 8) == (one["state"] == "accepted")


def test_table_topics_have_tables_that_suit_whoever_comes_to_one():
    tables = [one for one in EVENT["tables"] if one.get("for_topics")]
    assert len(tables) == 3
    assert all(one.get("step_free") for one in tables)
    assert any(one.get("quiet") for one in tables)
    assert max(one["seats"] for one in tables) >= max(one["seats"] for one in ACCEPTED)
    assert [one["number"] for one in EVENT["rounds"] if one.get("is_for") == "meetings"] == [6]


def test_the_attendee_and_the_endorser_on_show_are_at_a_topic_and_the_attendee_hosts_one():
    amara, ines = (EVENT["personas"][kind]["key"] for kind in ("attendee", "endorser"))
    assert amara in {one["host"] for one in ACCEPTED}
    assert all(any(key in one["stars"] for one in ACCEPTED) for key in (amara, ines))


def test_no_topic_shouts():
    assert not any("!" in one["title"] + one["about"] for one in TABLE_TOPICS)
