"""A whole installation of a given size, put into a database in bulk: people, datasets, credits, answers, a plan.

Everything goes through the store's own tables, so that the database holds every rule. What people write is invented
(`events`); the meetings of the plan are dealt out and appraised, so that it passes the checker like any other.
"""

import json
import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Table, insert, text

from benchmarks.events import FIELDS, made_up_event
from matchmaker.matching.profile import DatasetLink, Profile
from matchmaker.recognition.name_order import folded
from matchmaker.recognition.states import ContributionState, EndorsementState, UnclaimedState
from matchmaker.scheduling.appraise import appraise
from matchmaker.scheduling.problem import json_text
from matchmaker.scheduling.problem.plan import Meeting as Planned
from matchmaker.services.plans.hall import coming, gather
from matchmaker.services.plans.passed_check import note_passed
from matchmaker.services.plans.unmet_wishes import note_prices
from matchmaker.store.attendee_lists.imports import Import, ImportKind, ImportState
from matchmaker.store.base import Base, new_public_id, normalised
from matchmaker.store.catalogue.datasets import Dataset, DatasetSubject
from matchmaker.store.catalogue.publishers import Publisher
from matchmaker.store.catalogue.topics import Topic
from matchmaker.store.credits.contributions import Contribution, Use, UseKind
from matchmaker.store.credits.endorsements import Endorsement
from matchmaker.store.credits.unclaimed import UnclaimedCredit
from matchmaker.store.event.event_roles import Organiser
from matchmaker.store.event.events import Event, HallTable, Round, TopicsFrom
from matchmaker.store.files import File
from matchmaker.store.jobs import Job, JobState
from matchmaker.store.mail import Mail
from matchmaker.store.people.exclusions import Exclusion
from matchmaker.store.people.people import Address, Person
from matchmaker.store.people.registrations import Registration, RegistrationState, RegistrationTopic
from matchmaker.store.plans import planned_people
from matchmaker.store.plans.new_meetings import NewMeeting
from matchmaker.store.plans.plans import Meeting, Plan, PlanState, Seat
from matchmaker.store.plans.table_topics import TableTopic, TopicStar, TopicState
from matchmaker.store.session import Database, Session
from matchmaker.store.suggestions.answers import Answer, AnswerKind
from matchmaker.store.suggestions.suggestions import Suggestion

ROUNDS = 12
AT_ONCE = 2000
SENTENCE = "She answered every question about the old codes within the hour."
HELD_ON = date.today() + timedelta(days=30)
BEGINS = datetime.combine(HELD_ON, time(9), UTC)


@dataclass(frozen=True)
class Made:
    """What was put there: the inside ids of an event, of its people in order, and of all datasets."""

    event_id: int
    organiser_id: int
    people: tuple[int, ...]
    datasets: tuple[int, ...]


def put(session: Session, table: type[Base], rows: Iterable[Mapping[str, Any]]) -> list[int]:
    """Insert rows in bulk, some thousand at a time; return their ids where the table has one, in order."""
    ids: list[int] = []
    rows = list(rows)
    own = isinstance(table.__table__, Table) and "id" in table.__table__.columns
    for start in range(0, len(rows), AT_ONCE):
        some = [dict(row) for row in rows[start : start + AT_ONCE]]
        if own:
            found = session.scalars(
                insert(table).returning(table.__table__.c.id, sort_by_parameter_order=True), some
            )
            ids += list(found)
        else:
            session.execute(insert(table), some)
    return ids


def fill(database: Database, people: int, datasets: int, seed: int = 1, *, with_plan: bool = True) -> Made:
    """Put an event of so many people, over a catalogue of so many datasets, into a database with a schema."""
    chance = random.Random(seed)
    invented = made_up_event(people, seed)
    with database.writing() as session:
        catalogue = _catalogue(session, invented.profiles, invented.catalogue, datasets, chance)
        made = _event(session, invented.profiles, catalogue)
        _credits(session, made, invented.profiles, catalogue, chance)
        _papers(session, made)
        _table_topics(session, made, chance)
    if with_plan:
        with database.writing() as session:
            _plan(session, made, chance)
    with database.writing() as session:
        session.execute(text("ANALYZE"))
    return made


def add_event(database: Database, people: int, catalogue: Mapping[str, int], seed: int) -> Made:
    """Put one more event of so many people into an installation whose catalogue is there."""
    chance = random.Random(seed)
    invented = made_up_event(people, seed)
    known = {one: id_ for one, id_ in catalogue.items()}
    with database.writing() as session:
        made = _event(session, invented.profiles, known, name=f"Event {seed}")
        _credits(session, made, invented.profiles, known, chance)
    return made


def _catalogue(
    session: Session,
    profiles: tuple[Profile, ...],
    listed: tuple[DatasetLink, ...],
    size: int,
    chance: random.Random,
) -> dict[str, int]:
    """Return the id of each dataset by its invented name; datasets that nobody has fill it up to its size."""
    links = {one.id: one for one in listed}
    links |= {one.id: one for person in profiles for one in person.datasets}
    for number in range(max(0, size - len(links))):
        field = chance.choice(list(FIELDS))
        words = chance.sample(FIELDS[field].split(), 5)
        title = f"{words[0]} {words[1]} statistics {number}".capitalize()
        about = f"Records of {words[2]} and {words[3]} by {words[4]}, area {number % 400}"
        links[f"more-{number}"] = DatasetLink(f"more-{number}", title, about, (field,))
    names = [f"{field.capitalize()} Office {number}" for field in FIELDS for number in range(5)]
    offices = put(session, Publisher, ({"name": one, "key": normalised(one)} for one in names))
    ids = put(
        session,
        Dataset,
        (
            {
                "source": "invented",
                "source_id": one.id,
                "title": one.title,
                "title_key": normalised(one.title),
                "search_key": normalised(f"{one.title} {' '.join(one.tags)}"),
                "description": one.description,
                "tags": list(one.tags),
                "publisher_id": offices[place % len(offices)],
            }
            for place, one in enumerate(links.values())
        ),
    )
    put(
        session,
        DatasetSubject,
        (
            {"dataset_id": id_, "key": normalised(tag), "name": tag}
            for id_, one in zip(ids, links.values(), strict=True)
            for tag in one.tags
        ),
    )
    return dict(zip(links, ids, strict=True))


def _table_topics(session: Session, made: Made, chance: random.Random) -> None:
    """Put thirty-six table topics or so, which is many for a day, with six stars of everybody."""
    step = max(1, len(made.people) // 36)
    topics = put(
        session,
        TableTopic,
        (
            {
                "event_id": made.event_id,
                "host_id": host,
                "title": f"Who looks after list {number}?",
                "about": "What would have to change so that somebody does. Bring an example.",
                "state": TopicState.ACCEPTED,
            }
            for number, host in enumerate(made.people[::step], start=1)
        ),
    )
    stars = (
        {"topic_id": topic, "person_id": person}
        for person in made.people
        for topic in chance.sample(topics, min(6, len(topics)))
    )
    put(session, TopicStar, stars)


def _event(
    session: Session, profiles: tuple[Profile, ...], catalogue: Mapping[str, int], name: str = "The large day"
) -> Made:
    host = {"name": "Host", "organisation": "Host Office"}
    (organiser,) = put(session, Person, [host])
    # The planner may be asked to keep one organisation apart, so each event has at least ten of them.
    organisations = max(10, 2 * (len(profiles) // 40))
    event = Event(
        name=name,
        held_on=HELD_ON,
        erase_on=HELD_ON + timedelta(days=60),
        zone="UTC",
        contact_email="contact@example.org",
        inside_domains=["example.org"],
        labels_public=True,
        open_registration=True,
        wall_key=new_public_id(),
        topics_from=TopicsFrom.EVERYBODY,
    )
    session.add(event)
    session.flush()
    put(session, Address, [{"person_id": organiser, "email": f"host-{event.id}@example.org"}])
    put(session, Organiser, [{"event_id": event.id, "person_id": organiser}])
    slots = range(ROUNDS)
    put(
        session,
        Round,
        (
            {
                "event_id": event.id,
                "number": one + 1,
                "starts_at": BEGINS + timedelta(minutes=25 * one),
                "minutes": 20,
            }
            for one in slots
        ),
    )
    tables = len(profiles) // 2 + 1
    put(session, HallTable, ({"event_id": event.id, "number": one + 1} for one in range(tables)))
    ids = put(
        session,
        Person,
        (
            {
                "name": f"Person {place:05} of {event.id}",
                "organisation": f"Organisation {place % organisations}",
                "job_title": "Analyst",
                "public_since": BEGINS - timedelta(days=40) if place % 10 == 0 else None,
            }
            for place in range(len(profiles))
        ),
    )
    put(
        session,
        Address,
        ({"person_id": one, "email": f"p{one}@example.org"} for one in ids),
    )
    registered = put(
        session, Registration, (_registered(event.id, *one) for one in zip(ids, profiles, strict=True))
    )
    _topics(session, registered, profiles)
    return Made(event.id, organiser, tuple(ids), tuple(catalogue.values()))


def _registered(event_id: int, person_id: int, person: Profile) -> dict[str, Any]:
    place = int(person.id.removeprefix("p"))
    state = RegistrationState.INVITED if place % 20 == 18 else RegistrationState.CONFIRMED
    return {
        "event_id": event_id,
        "person_id": person_id,
        "state": RegistrationState.DECLINED if place % 20 == 19 else state,
        "pool": "inside" if place % 2 else "outside",
        "team": f"Team {place // 60}" if place % 3 else "",
        "bio": person.bio,
        "offers": person.offers,
        "needs": person.needs,
        "on_screen": place % 4 == 0,
        "in_directory": place % 5 < 3,
        "directory_key": folded(f"{person.offers} {person.bio}") if place % 5 < 3 else "",
        "invited_at": BEGINS - timedelta(days=30) if place % 7 else None,
        "profile_saved_at": BEGINS - timedelta(days=20),
    }


def _topics(session: Session, registered: list[int], profiles: tuple[Profile, ...]) -> None:
    names = {normalised(one): one for person in profiles for one in person.topics}
    there = {key: id_ for key, id_ in session.query(Topic.key, Topic.id).all()}
    new = [{"name": name, "key": key} for key, name in names.items() if key not in there]
    there |= dict(zip((row["key"] for row in new), put(session, Topic, new), strict=True))
    put(
        session,
        RegistrationTopic,
        (
            {"registration_id": id_, "topic_id": topic}
            for id_, person in zip(registered, profiles, strict=True)
            for topic in sorted({there[normalised(one)] for one in person.topics})
        ),
    )


def _credits(
    session: Session,
    made: Made,
    profiles: tuple[Profile, ...],
    catalogue: Mapping[str, int],
    chance: random.Random,
) -> None:
    """Let everybody have made something and use something, be thanked, and answer about some others."""
    uses = {
        (made.people[place], catalogue[link.id]): UseKind(link.use)
        for place, person in enumerate(profiles)
        for link in person.datasets
        if link.use and link.id in catalogue
    }
    put(
        session,
        Use,
        ({"person_id": a, "dataset_id": b, "kind": kind} for (a, b), kind in uses.items()),
    )
    states = (
        [ContributionState.ACCEPTED] * 7
        + [ContributionState.CLAIMED, ContributionState.AWAITING]
        + [ContributionState.HIDDEN]
    )
    credits = []
    for place, one in enumerate(made.people):
        for step, dataset in enumerate(chance.sample(made.datasets, 3)):
            credits.append(
                {
                    "person_id": one,
                    "dataset_id": dataset,
                    "role": "curated",
                    "state": states[(place + 3 * step) % len(states)],
                    "declared_by_id": made.people[place - 1 - step],
                }
            )
    ids = put(session, Contribution, credits)
    thanks = [
        {
            "event_id": made.event_id,
            "giver_id": row["declared_by_id"],
            "contribution_id": id_,
            "receiver_id": row["person_id"],
            "dataset_id": row["dataset_id"],
            "role": row["role"],
            "sentence": SENTENCE,
            "relation": "user",
            "state": EndorsementState.ACCEPTED
            if row["state"] is ContributionState.ACCEPTED
            else EndorsementState.AWAITING,
        }
        for id_, row in zip(ids, credits, strict=True)
        if row["state"] is not ContributionState.CLAIMED
    ]
    put(session, Endorsement, thanks)
    put(
        session,
        UnclaimedCredit,
        (
            {
                "event_id": made.event_id,
                "dataset_id": made.datasets[place % len(made.datasets)],
                "role": "curated",
                "name": f"Name {place}",
                "name_key": f"name {place}",
                "code_hash": f"{made.event_id}-{place}",
                "state": UnclaimedState.WAITING,
                "named_by_id": made.people[place],
            }
            for place in range(0, len(made.people), 10)
        ),
    )
    _suggestions(session, made, chance)


def _suggestions(session: Session, made: Made, chance: random.Random) -> None:
    pairs: list[dict[str, Any]] = []
    said: list[dict[str, Any]] = []
    kinds = [AnswerKind.MEET] * 4 + [AnswerKind.KNOW, AnswerKind.NOT_FOR_ME, AnswerKind.BLOCK]
    here = {"event_id": made.event_id}
    for one in made.people:
        others = [other for other in chance.sample(made.people, 13) if other != one][:12]
        for position, other in enumerate(others[:8], start=1):
            reason = {
                "kind": "dataset",
                "what": "River levels",
                "share": 0.6,
                "mine": "River levels",
                "theirs": "River levels",
                "people": [],
                "asker": "",
            }
            pairs.append(
                {
                    **here,
                    "person_id": one,
                    "other_id": other,
                    "position": position,
                    "score": 1 - position / 20,
                    "reasons": [reason],
                    "opening": "Ask what they measure.",
                }
            )
        for place, other in enumerate(others[6:]):
            kind = kinds[(one + place) % len(kinds)]
            said.append({**here, "person_id": one, "about_id": other, "kind": kind})
    put(session, Suggestion, pairs)
    put(session, Answer, said)


def _papers(session: Session, made: Made) -> None:
    """Put one of each thing that an address can name: a file, an import, a job, a letter, pairs to keep apart."""
    content = b"name,email\nUna,una@example.org\n"
    later = BEGINS + timedelta(days=7)
    (file_,) = put(
        session,
        File,
        [
            {
                "event_id": made.event_id,
                "name": "list.csv",
                "media_type": "text/csv",
                "content": content,
                "purge_at": later,
            }
        ],
    )
    waiting = {"kind": ImportKind.ATTENDEES, "state": ImportState.WAITING, "file_name": "list.csv"}
    put(session, Import, [{"event_id": made.event_id, "file_id": file_, **waiting}])
    put(
        session,
        Job,
        [{"event_id": made.event_id, "kind": "plan", "state": JobState.FAILED, "problem": "Add."}],
    )
    letter = {"event_id": made.event_id, "kind": "test", "to": "p@example.org", "subject": "A", "body": "B"}
    put(session, Mail, [{**letter, "sent_at": BEGINS - timedelta(days=31)}])
    put(
        session,
        Exclusion,
        (
            {"event_id": made.event_id, "a_id": made.people[place], "b_id": made.people[place + 1]}
            for place in range(0, len(made.people) - 1, max(2, len(made.people) // 100))
        ),
    )


def _dealt(there: list[int], forbidden: frozenset[tuple[int, int]]) -> list[tuple[int, int, tuple[int, int]]]:
    """Return (round, table, pair) of meetings in which as good as everybody meets somebody new in every round."""
    meetings: list[tuple[int, int, tuple[int, int]]] = []
    met: set[tuple[int, int]] = set(forbidden)
    for number in range(ROUNDS):
        free, table = set(there), 0
        for place, one in enumerate(there):
            others = (there[(place + 1 + step * (number + 3)) % len(there)] for step in range(1, 60))
            fits = (x for x in others if x in free and x != one and (min(one, x), max(one, x)) not in met)
            other = next(fits, None) if one in free else None
            if other is None:
                continue
            pair, table = (min(one, other), max(one, other)), table + 1
            free -= {one, other}
            met.add(pair)
            meetings.append((number + 1, table, pair))
    return meetings


def _plan(session: Session, made: Made, chance: random.Random) -> None:
    """Publish a plan in which as good as everybody who said yes meets somebody in every round, and draft the next."""
    hall = gather(session, made.event_id, coming(session, made.event_id))
    there = sorted(hall.there)
    meetings = _dealt(there, hall.forbidden)
    pairs = {pair: round(chance.random(), 4) for _, _, pair in meetings}
    for one in there:
        for other in chance.sample(there, min(20, len(there))):
            pair = (min(one, other), max(one, other))
            if one != other and pair not in hall.forbidden:
                pairs.setdefault(pair, round(chance.random(), 4))
    problem = hall.problem((str(a), str(b), score) for (a, b), score in sorted(pairs.items()))
    planned = [Planned(number, table, (str(a), str(b)), 0.0) for number, table, (a, b) in meetings]
    solution = appraise(problem, planned)
    kept = {
        "event_id": made.event_id,
        "problem": json.loads(json_text.problem_to_json(problem)),
        "certificate": json.loads(json_text.plan_to_json(solution))["certificate"],
        "rounds": list(hall.rounds),
        "tables": list(hall.tables),
    }
    for version, state in enumerate((PlanState.PUBLISHED, PlanState.DRAFT), start=1):
        plan = Plan(
            version=version,
            state=state,
            published_at=BEGINS - timedelta(days=10) if state is PlanState.PUBLISHED else None,
            **kept,
        )
        session.add(plan)
        session.flush()
        planned_people.note(session, plan, hall.introduced)
        note_prices(plan, problem, solution)
        note_passed(
            plan,
            (
                NewMeeting(one.round, one.table, tuple(map(int, one.people)), one.score, [], locked=False)
                for one in solution.meetings
            ),
        )
        sat = [
            {
                "plan_id": plan.id,
                "round_number": one.round,
                "table_number": one.table,
                "score": one.score,
                "why": [],
            }
            for one in solution.meetings
        ]
        ids = put(session, Meeting, sat)
        put(
            session,
            Seat,
            (
                {
                    "meeting_id": id_,
                    "person_id": int(one),
                    "plan_id": plan.id,
                    "round_number": meeting.round,
                    "stands_in": [],
                }
                for id_, meeting in zip(ids, solution.meetings, strict=True)
                for one in meeting.people
            ),
        )
