"""Which talks of a plan can be held as things stand, and who can be at them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from matchmaker.services.people.coming import can_meet
from matchmaker.store.plans import talks as rows
from matchmaker.store.plans.table_topics import TopicState
from matchmaker.store.plans.talks import Talk
from matchmaker.store.session import Session


@dataclass(frozen=True)
class HeldTalks:
    """The talks of a plan, by round and table; `able` has by id who of each comes, and may sit with its host."""

    talks: tuple[Talk, ...]
    able: Mapping[int, frozenset[int]]

    def is_on(self, talk: Talk, people: Collection[int]) -> bool:
        """Whether a talk can be held with these people: its host is there and a guest, and nobody called it off."""
        guests = (one for one in self.able[talk.id] if one != talk.topic.host_id)
        return self.has_host(talk, people) and any(one in people for one in guests)

    def has_host(self, talk: Talk, people: Collection[int]) -> bool:
        """Whether the host of a talk is there, and it was not taken back or declined."""
        host = talk.topic.host_id
        return talk.topic.state is TopicState.ACCEPTED and host in people and host in self.able[talk.id]

    def on(self) -> list[tuple[Talk, frozenset[int]]]:
        """Return the talks that can be held, each with who can be there."""
        return [(one, able) for one in self.talks if self.is_on(one, able := self.able[one.id])]

    def open_to(self, person: int) -> list[Talk]:
        """Return the talks that can be held with this person."""
        hosts_there = frozenset().union(*self.able.values())
        return [one for one in self.talks if self.is_on(one, hosts_there) and person in self.able[one.id]]


def held_talks(session: Session, event_id: int, plan_id: int) -> HeldTalks:
    """Return the talks of a plan as things stand. Seven queries at most."""
    return as_things_stand(session, event_id, rows.of_plan(session, plan_id))


def as_things_stand(session: Session, event_id: int, talks: Sequence[Talk]) -> HeldTalks:
    """Return these talks with who can be at them: who comes to the round, and is not kept apart from the host."""
    if not talks:
        return HeldTalks((), {})
    numbered = dict(enumerate((talk, one) for talk in talks for one in _people(talk)))
    fine, there = can_meet(
        session,
        event_id,
        {key: (talk.round_number, {talk.topic.host_id, one}) for key, (talk, one) in numbered.items()},
    )
    able: dict[int, set[int]] = {talk.id: set() for talk in talks}
    for key, (talk, one) in numbered.items():
        # The host is a group of one, who meets nobody.
        if key in fine or (one == talk.topic.host_id and (key, one) in there):
            able[talk.id].add(one)
    return HeldTalks(tuple(talks), {talk: frozenset(people) for talk, people in able.items()})


def _people(talk: Talk) -> set[int]:
    return {talk.topic.host_id, *(seat.person_id for seat in talk.seats)}
