"""The people of an event as rows of an attendee list: what an import would read of them."""

from collections.abc import Iterator
from itertools import count

from matchmaker.intake.rows import AttendeeRow
from matchmaker.services.attendee_lists.recall_people import GONE
from matchmaker.store.credits import contributions
from matchmaker.store.credits.contributions import UseKind
from matchmaker.store.event.events import Event
from matchmaker.store.people import exclusions, registrations
from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import Pool, Registration, RegistrationState
from matchmaker.store.session import Session

Titles = dict[int, list[str]]
AT_ONCE = 500
STAYING = tuple(state for state in RegistrationState if state not in GONE)


def rows_of(session: Session, event: Event) -> Iterator[AttendeeRow]:
    """Yield everybody who has not said no or left, by name.

    They are read some hundred at a time, each time with a fixed number of queries, so that an export holds no more.
    """
    here, apart, line = event.id, Titles(), 2
    for pair in exclusions.at_event(session, here):
        apart.setdefault(pair.a_id, []).append(_called(pair.b))
    for offset in count(0, AT_ONCE):
        some = registrations.at_event(session, here, STAYING, AT_ONCE, offset)
        ids = [one.person_id for one in some]
        made, uses = Titles(), {kind: Titles() for kind in UseKind}
        for person, title in contributions.titles_of_people(session, ids):
            made.setdefault(person, []).append(title)
        for person, kind, title in contributions.used_by_people(session, ids):
            uses[kind].setdefault(person, []).append(title)
        yield from (_row(line + place, one, made, uses, apart) for place, one in enumerate(some))
        if len(some) < AT_ONCE:
            return
        line += len(some)
        session.expunge_all()


def _called(person: Person) -> str:
    return person.email or person.name


def _row(
    line: int, one: Registration, made: Titles, uses: dict[UseKind, Titles], apart: Titles
) -> AttendeeRow:
    who = one.person_id
    return AttendeeRow(
        line=line,
        name=one.person.name,
        email=one.person.email or "",
        organisation=one.person.organisation,
        job_title=one.person.job_title,
        pronouns=one.person.pronouns,
        team=one.team,
        bio=one.bio,
        topics=tuple(topic.name for topic in one.topics),
        datasets=tuple(uses[UseKind.USES].get(who, ())),
        datasets_made=tuple(dict.fromkeys(made.get(who, ()))),
        datasets_wanted=tuple(uses[UseKind.WANTS].get(who, ())),
        datasets_stuck=tuple(uses[UseKind.STUCK].get(who, ())),
        offers=one.offers,
        needs=one.needs,
        arrives=one.arrives,
        leaves=one.leaves,
        step_free=one.step_free,
        quiet=one.quiet,
        access_needs=one.access_needs,
        diet=one.diet,
        fixed_table=one.fixed_table,
        not_with=tuple(apart.get(who, ())),
        inside=one.pool is Pool.INSIDE if one.pool_reason else None,  # else the address decides
        trio=one.trio_ok,
    )
