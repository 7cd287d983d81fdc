"""Tables for lost labels: what an organiser and a printed sheet must not learn from the reasons."""

from typing import Any

from matchmaker.recognition.states import ContributionState
from matchmaker.services.credits import lost_labels
from matchmaker.store.credits.contributions import Use, UseKind
from matchmaker.store.session import Database


def test_nobody_is_proposed_for_what_is_sealed_or_hidden_by_an_organiser(sqlite: Database, make: Any) -> None:
    event = make.event(sealed=True)
    one, two, *others = (make.registration(event).person for _ in range(5))
    lost, known = make.dataset("Tide gauges", "Water Office"), make.dataset("Soil maps", "Water Office")
    make.add(Use(person_id=make.person().id, dataset_id=lost.id, kind=UseKind.WANTS))
    make.contribution(one, known, "built", declared_by_id=two.id, sealed_by_id=event.id)
    make.contribution(two, known, "checked", moderated=True)
    for person in others:
        make.contribution(person, known, "curated", state=ContributionState.CLAIMED)
    with sqlite.reading() as session:
        (table,) = lost_labels.propose(session, event)
        assert {seated.person.id for seated in table.people} == {person.id for person in others}
