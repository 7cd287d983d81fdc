"""What meetings made by hand are worth: scores of the pairs asked for, and the reasons as each reads them."""

from typing import Any

from matchmaker.services.plans.weigh_meetings import Weighed, weigh
from matchmaker.store.catalogue.topics import Topic
from matchmaker.store.session import Database


def test_pairs_of_people_who_come_are_weighed_and_the_rest_left_aside(database: Database, maker: Any) -> None:
    make = maker(database)
    event, other = make.event(), make.event()
    peat = {
        "bio": "I map the depth of peat on the moors.",
        "offers": "Help with peat surveys",
        "needs": "Peat maps",
    }
    ada, ben = (make.registration(event, **peat).person_id for _ in range(2))
    cy = make.registration(event, bio="I count trains.").person_id
    elsewhere = make.registration(other, **peat).person_id
    with database.reading() as session:
        found = weigh(session, event.id, [(ada, ben, cy), (ben, elsewhere)], scored={(ada, cy)})
        nothing = weigh(session, event.id, [], scored=())
    assert set(found.scores) == {(ada, ben), (ben, cy)}
    assert 0 <= found.scores[ben, cy] < found.scores[ada, ben] <= 1
    assert set(found.why) == {frozenset({ada, ben, cy}), frozenset({ben, elsewhere})}
    assert found.why[frozenset({ben, elsewhere})] == []
    pairs = {(one["reader"], one["other"]) for one in found.why[frozenset({ada, ben, cy})]}
    assert (ada, ben) in pairs
    assert all(a < b for a, b in pairs)
    assert nothing == Weighed()


def test_no_meeting_asks_the_database_nothing(sqlite: Database, make: Any, queries: Any) -> None:
    event = make.event()
    with sqlite.reading() as session, queries() as sent:
        weigh(session, event.id, [], scored=())
    assert sent == []


def test_who_shares_only_what_many_have_is_told_that_much_and_who_shares_more_is_not(
    sqlite: Database, make: Any
) -> None:
    event = make.event()
    water, peat = Topic(name="Water", key="water"), Topic(name="Peat", key="peat")
    ada, ben = (make.registration(event, topics=[water, peat]).person_id for _ in range(2))
    cy = make.registration(event, topics=[water]).person_id
    for _ in range(5):
        make.registration(event, topics=[water])
    with sqlite.reading() as session:
        found = weigh(session, event.id, [(ada, ben, cy)], scored=())
    said = {(one["reader"], one["other"]): one for one in found.why[frozenset({ada, ben, cy})]}
    assert {pair: (one["kind"], one["what"]) for pair, one in said.items()} == {
        (ada, ben): ("topic", "Peat"),
        (ada, cy): ("topic", "Water"),
        (ben, cy): ("topic", "Water"),
    }
    assert said[ada, ben]["strength"] > 0 == said[ada, cy]["strength"] == said[ben, cy]["strength"]
