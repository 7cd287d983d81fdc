"""What came of meetings, in figures: nothing of fewer than five answers, and of this event alone."""

from collections.abc import Callable
from typing import Any

from matchmaker.store.credits.outcomes import SolvedAnswer, StuckOutcome
from matchmaker.store.people.encounters import Encounter, Useful


def test_what_fewer_than_five_said_is_not_shown(browser: Callable[..., Any], make: Any) -> None:
    event, other = make.event(), make.event()
    page = f"/organise/{event.public_id}/labels/figures"
    organiser = browser(make.organiser(event))
    people = [one.person for one in make.registrations(event, 6)]
    dataset = make.dataset()

    def say(number: int, *, took_place: bool, useful: Useful | None) -> None:
        one, about = people[number], people[number - 1]
        make.add(
            Encounter(
                event_id=event.id, person_id=one.id, other_id=about.id, took_place=took_place, useful=useful
            ),
            Encounter(
                event_id=other.id, person_id=one.id, other_id=about.id, took_place=True, useful=Useful.NOT
            ),
            StuckOutcome(
                event_id=event.id,
                person_id=one.id,
                dataset_id=dataset.id,
                said=SolvedAnswer.YES if number else SolvedAnswer.NO,
            ),
        )

    for number in range(4):
        say(number, took_place=bool(number), useful=Useful.VERY if number else Useful.SOMEWHAT)
    assert "What came of meetings" not in organiser.get(page).text
    say(4, took_place=True, useful=Useful.NOT)
    words = organiser.get(page).text
    assert "4 of the 5 times that somebody said whether a meeting took place, it did." in words
    assert "Of 5 meetings that somebody rated, 3 were very useful and 1 somewhat." in words
    assert "4 of 5 that people were stuck on are solved." in words
