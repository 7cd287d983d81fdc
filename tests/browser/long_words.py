"""Words of 120 letters wherever people may write some: a page that they push sideways hides its buttons on a phone.

A German authority, a Welsh village, an address in place of a name: such words come from lists.
"""

from sqlalchemy import select, update

from matchmaker.store.catalogue.datasets import Dataset
from matchmaker.store.catalogue.publishers import Publisher
from matchmaker.store.catalogue.topics import Topic
from matchmaker.store.credits.endorsements import Endorsement
from matchmaker.store.event.events import Event
from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import Registration
from matchmaker.store.plans.table_topics import TableTopic
from matchmaker.store.session import Database
from matchmaker.store.suggestions.introduction_notes import IntroductionNote


def long(word: str) -> str:
    """Return 120 letters of a word said again and again."""
    return (word * 120)[:120]


def lengthen(database: Database) -> None:
    """Put a word of 120 letters into each field that people fill in words of their own."""
    with database.writing() as session:
        for person in session.scalars(select(Person)):
            person.name = f"{long('Wolfeschlegel')} {long(person.name.split()[0])}"
            person.organisation, person.job_title = long("Llanfairpwllgwyngyll"), long("Datenverwalterin")
            person.pronouns = long("they")[:40]
        for dataset in session.scalars(select(Dataset)):
            dataset.title = f"{long('Pegelmessung')}{dataset.id}"
            dataset.description = long("Beschreibung")
        for publisher in session.scalars(select(Publisher)):
            publisher.name = f"{long('Umweltbundesamt')}{publisher.id}"
        for topic in session.scalars(select(Topic)):
            topic.name = f"{long('Grundwasserstand')}{topic.id}"
        told = {
            name: long(name) for name in ("team", "bio", "offers", "needs", "helper", "access_needs", "diet")
        }
        session.execute(update(Registration).values(**told))
        session.execute(
            update(Event).values(name=long("Datentag"), place=long("Victoriahalle"), host=long("Amt"))
        )
        session.execute(update(TableTopic).values(title=long("Grundverordnung"), about=long("Worueber")))
        session.execute(update(IntroductionNote).values(words=long("Hallo")))
        session.execute(update(Endorsement).values(sentence=long("Danke")))
