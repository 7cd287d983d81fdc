"""The page that says how an event is going: the same in a picture and a table, and nobody is named."""

from typing import Any

from matchmaker.store.session import Database
from matchmaker.store.suggestions.answers import Answer, AnswerKind


def test_an_empty_event_says_what_will_stand_here(make: Any, browser: Any) -> None:
    event = make.event()
    page = browser(make.organiser(event)).get(f"/organise/{event.public_id}/progress")
    assert page.heading == "How it is going"
    assert "Nobody has answered yet" in page.text
    assert "No two people have both said that they want to meet yet" in page.text
    assert "No dataset is wanted by 3 people or more" in page.text


def test_what_is_drawn_stands_in_a_table_too_and_small_numbers_and_names_do_not(
    make: Any, browser: Any, sqlite: Database
) -> None:
    event = make.event()
    peat = [
        make.registration(event, make.person(f"Amara {at}", organisation="Peat Office")) for at in range(5)
    ]
    moss = [make.registration(event, make.person(f"Ben {at}", organisation="Moss Board")) for at in range(5)]
    with sqlite.writing() as session:
        for one, other in zip(peat[:3], moss[:3], strict=True):
            for a, b in ((one, other), (other, one)):
                session.add(
                    Answer(
                        event_id=event.id, person_id=a.person_id, about_id=b.person_id, kind=AnswerKind.MEET
                    )
                )
    page = browser(make.organiser(event)).get(f"/organise/{event.public_id}/progress")
    assert "People who said yes" in page.text
    assert "Amara" not in page.text
    assert "Ben" not in page.text
