"""The people of an event as rows of an attendee list: what an import would read of them."""

from collections.abc import Iterator

from matchmaker.intake.rows import AttendeeRow
from matchmaker.services.attendee_lists.recall_people import GONE
from matchmaker.store.credits import contributions
from matchmaker.store.credits.contributions import UseKind
from matchmaker.store.event.events import Event
from matchmaker.store.people import exclusions, registrations
from matchmaker.store.people.people import Person
from matchmaker.store.people.registrations import Pool, Registration
from matchmaker.store.session import Session

Titles = dict[int, list[str]]


def rows_of(session: Session, event: Event) -> Iterator[AttendeeRow]:
    """Yield everybody who has not said no or left, by name. A fixed number of queries, whatever their number."""
    everybody = [one for one in registrations.at_event(session, event.id) if one.state not in GONE]
    ids = [one.person_id for one in everybody]
    made: Titles = {}
    for credit in contributions.of_people(session, ids):
        made.setdefault(credit.person_id, []).append(credit.dataset.title)
    uses: dict[UseKind, Titles] = {kind: {} for kind in UseKind}
    for use in contributions.uses_of_people(session, ids):
        uses[use.kind].setdefault(use.person_id, []).append(use.dataset.title)
    apart: Titles = {}
    for pair in exclusions.at_event(session, event.id):
        apart.setdefault(pair.a_id, []).append(_called(pair.b))
    for line, one in enumerate(everybody, start=2):
        yield _row(line, one, made, uses, apart)


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
        fixed_table=one.fixed_table,
        not_with=tuple(apart.get(who, ())),
        inside=one.pool is Pool.INSIDE if one.pool_reason else None,  # else the address decides
        trio=one.trio_ok,
    )
