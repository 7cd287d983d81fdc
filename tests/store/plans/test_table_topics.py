"""Stars of table topics are counted of those who are coming to the event alone."""

from typing import Any

from matchmaker.store.event.events import Event
from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import RegistrationState
from matchmaker.store.plans import table_topics
from matchmaker.store.plans.table_topics import TableTopic, TopicStar
from matchmaker.store.session import Database

_S = RegistrationState


def test_a_star_counts_while_who_gave_it_is_coming_to_the_event_of_its_topic(
    database: Database, maker: Any
) -> None:
    make = maker(database)
    here, elsewhere = make.event("Here"), make.event("Elsewhere")

    def comes(at_here: RegistrationState, at_elsewhere: RegistrationState | None = None) -> Person:
        person: Person = make.registration(here, state=at_here).person
        if at_elsewhere is not None:
            make.registration(elsewhere, person, state=at_elsewhere)
        return person

    def starred(event: Event, *people: Person) -> int:
        topic = TableTopic(event_id=event.id, host_id=people[0].id, title="Rivers", about="")
        make.add(topic)
        make.add(*(TopicStar(topic_id=topic.id, person_id=one.id) for one in people))
        return topic.id

    there, invited = comes(_S.CONFIRMED, _S.DECLINED), comes(_S.INVITED)
    gone = [comes(one, _S.CONFIRMED) for one in _S if one not in (_S.CONFIRMED, _S.INVITED)]
    on_no_list_here: Person = make.registration(elsewhere).person
    both = starred(here, there, invited, *gone, on_no_list_here)
    other = starred(elsewhere, *gone)
    starred(here, gone[0])
    starred(elsewhere, there)
    with database.reading() as session:
        assert table_topics.count_stars(session, here.id) == {both: 2}
        assert table_topics.count_stars(session, elsewhere.id) == {other: len(gone)}
