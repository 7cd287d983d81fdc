"""What somebody should tell next: of what is missing, that which meets what most others at their event have told."""

from typing import Any

from matchmaker.services.suggestions.tell_more import ADVICE, advice
from matchmaker.store.catalogue.topics import Topic
from matchmaker.store.credits.contributions import Use, UseKind
from matchmaker.store.people.registrations import Registration
from matchmaker.store.session import Database


def test_a_need_meets_what_most_others_offer_and_what_is_told_is_not_asked_again(
    database: Database, maker: Any
) -> None:
    make = maker(database)
    event, other = make.event(), make.event()
    for _ in range(3):
        make.registration(event, offers="Gauges")
        make.registration(other, needs="Soil")
    for _ in range(2):
        make.registration(event, needs="Peat")
    topic = Topic(name="Floods", key="floods")
    make.registration(event, topics=[topic])
    mine = make.registration(event)
    make.registration(other, mine.person, needs="Elsewhere")

    def told(**columns: Any) -> str:
        with database.writing() as session:
            row = session.get_one(Registration, mine.id)
            for name, value in columns.items():
                setattr(row, name, value)
            session.flush()
            found = advice(session, row)
        return next(name for name, words in ADVICE.items() if words == found)

    assert told() == "needs"
    assert told(needs="Help") == "offers"
    assert told(offers="Maps") == "topics"
    with database.writing() as session:
        session.get_one(Registration, mine.id).topics = [session.merge(topic)]
    assert told() == "more"


def test_datasets_count_where_others_have_told_of_theirs(sqlite: Database, make: Any) -> None:
    event = make.event()
    row, mine = make.registration(event), make.registration(event)
    make.add(Use(person_id=row.person_id, dataset_id=make.dataset().id, kind=UseKind.USES))
    with sqlite.reading() as session:
        assert advice(session, session.get_one(Registration, mine.id)) == ADVICE["datasets"]
