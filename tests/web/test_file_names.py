"""What downloaded files are called."""

from datetime import date

import pytest

from matchmaker.store.event.events import Event
from matchmaker.web.file_names import named, of_kept_file


@pytest.mark.parametrize(
    ("event", "kept", "name"),
    [
        ("Data Day", "slips-plan-3-0a1b2c3d.pdf", "data-day-slips-plan-3-2027-03-11.pdf"),
        (
            "Llŷn & Môn: “Öl”",
            "everything-plan-12-ffffffff.zip",
            "llyn-mon-ol-everything-plan-12-2027-03-11.zip",
        ),
        ("数据日", "labels-tags-00000000.pdf", "event-labels-tags-2027-03-11.pdf"),
        ('../../etc/passwd\n"x', "a-12345678.pdf", "etc-passwd-x-a-2027-03-11.pdf"),
        ("Data Day", "list of Ada.csv", "list of Ada.csv"),
        ("Data Day", "mine-1234.csv", "mine-1234.csv"),
    ],
)
def test_a_file_of_ours_has_the_event_and_the_day_and_an_upload_its_own_name(
    event: str, kept: str, name: str
) -> None:
    held = Event(name=event, held_on=date(2027, 3, 11))
    assert of_kept_file(held, kept) == name


def test_a_long_name_of_an_event_is_cut() -> None:
    held = Event(name="Environment " * 20, held_on=date(2027, 3, 11))
    assert named(held, "report.pdf") == f"{'environment-' * 5}report-2027-03-11.pdf"
