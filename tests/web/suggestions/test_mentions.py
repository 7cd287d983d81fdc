"""What somebody's words are read as stands on their profile, and one press says that it is not meant."""

from collections.abc import Callable
from typing import Any

import pytest

from matchmaker.store.session import Database
from matchmaker.store.suggestions import mentions
from matchmaker.store.suggestions.mentions import DatasetMention

TITLE = "LIDAR Composite DSM 2017 - 2m"


@pytest.fixture
def hall(make: Any) -> Any:
    """Give Ann words that name a dataset at two events, and Ben the same at one."""

    class Hall:
        event, other = make.event(), make.event()
        ann, ben = make.person("Ann Ash"), make.person("Ben Beck")
        lidar, noise = make.dataset(TITLE), make.dataset("Noise map")
        rows = [
            make.registration(event, ann, needs="I can't get the LIDAR composite to open", bio="Ants"),
            make.registration(event, ben, bio="Bears"),
            make.registration(other, ann),
        ]
        credit = make.contribution(ben, lidar, "collected")
        path = f"/events/{event.public_id}/profile"

    make.add(
        *(
            DatasetMention(
                event_id=event.id, person_id=person.id, dataset_id=Hall.lidar.id, words="LIDAR composite"
            )
            for event, person in ((Hall.event, Hall.ann), (Hall.event, Hall.ben), (Hall.other, Hall.ann))
        )
    )
    return Hall


def test_the_profile_says_what_words_are_read_as_and_takes_it_back_and_forth(
    browser: Callable[..., Any], hall: Any, sqlite: Database
) -> None:
    ann = browser(hall.ann)
    page = ann.get(f"{hall.path}/seen").text
    assert f"“LIDAR composite” {TITLE}" in page
    ann.follow(f"{hall.path}/mentions", {"dataset": hall.lidar.public_id, "meant": "no"})
    assert f"“LIDAR composite” Not {TITLE}" in ann.get(f"{hall.path}/seen").text
    with sqlite.reading() as session:
        assert mentions.not_meant(session, hall.event.id) == {hall.ann.id: {hall.lidar.id}}
        assert mentions.not_meant(session, hall.other.id) == {}
    ann.follow(f"{hall.path}/mentions", {"dataset": hall.lidar.public_id, "meant": "yes"})
    with sqlite.reading() as session:
        assert mentions.not_meant(session, hall.event.id) == {}


def test_without_such_words_the_profile_says_nothing_of_it(
    browser: Callable[..., Any], make: Any, hall: Any
) -> None:
    cat = make.registration(hall.event).person
    assert "Datasets in your words" not in browser(cat).get(f"{hall.path}/seen").text


@pytest.mark.parametrize("form", [{}, {"meant": "no"}, {"dataset": "x", "meant": "perhaps"}])
def test_a_form_that_says_nothing_is_refused(
    browser: Callable[..., Any], hall: Any, form: dict[str, str]
) -> None:
    browser(hall.ann).post(f"{hall.path}/mentions", form, status=400)
