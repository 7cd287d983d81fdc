"""Deciding about single lines of an attendee list on its preview: keep, leave out, put right."""

from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from werkzeug.datastructures import MultiDict

from matchmaker.services.people import coming
from matchmaker.store.attendee_lists.imports import Import
from matchmaker.store.files import File
from matchmaker.store.people import basis, registrations
from matchmaker.store.people.basis import BasisKind
from matchmaker.store.people.registrations import Registration
from matchmaker.web.file_names import named
from matchmaker.web.filters import when
from matchmaker.web.organisers.attendee_lists.remarks import said_of_lines

LIST = """Name,Email,Organisation,Status
Ada Byrne,ada@inside.example,Defra,Confirmed
Ben Cole,ben(at)far,Met Office,Confirmed
Cy Dale,cy@far.example,Met Office,Declined
JosŽ East,jose@far.example,Met Office,Pending
TBC,,Met Office,Confirmed
Total,5,,
"""


class Preview:
    """The preview of one list, and what comes of it."""

    def __init__(self, make: Any, browser: Callable[..., Any], database: Any) -> None:
        self.database = database
        self.event = make.event()
        self.one = browser(make.organiser(self.event))
        self.address = f"/organise/{self.event.public_id}/imports"
        fields = {"file": (BytesIO(LIST.encode()), "list.csv")}
        self.check = self.one.post(f"{self.address}/attendees", fields).location

    def decide(self, **fields: Any) -> Any:
        self.one.post(
            f"{self.check}/lines", {name.replace("__", "-"): value for name, value in fields.items()}
        )
        return self.one.get(self.check)

    def confirmed(self, **fields: Any) -> list[tuple[str, str]]:
        self.one.post(
            f"{self.check}/confirm", {name.replace("__", "-"): value for name, value in fields.items()}
        )
        with self.database.reading() as session:
            return sorted(
                (row.person.name, row.person.addresses[0].email if row.person.addresses else "")
                for row in registrations.at_event(session, self.event.id)
            )


@pytest.fixture
def preview(make: Any, browser: Any, sqlite: Any) -> Preview:
    make.registration(make.event(), make.person("Somebody else"))
    return Preview(make, browser, sqlite)


def test_each_kind_of_doubt_is_told_with_its_lines(preview: Preview) -> None:
    text = preview.one.get(preview.check).text

    for words in (
        "1 email address cannot be used",
        "Line 3: “ben(at)far” is not an email address.",
        "1 person is not coming",
        "Line 4: The list says “Declined”, so this person was not imported. (Cy Dale)",
        "1 person has not confirmed",
        "1 name may have wrong letters",
        "Line 5: “JosŽ” may have wrong letters.",
        "1 line names nobody yet",
        "1 line looks like a total or a note, not a person",
        "Import 2 people",
    ):
        assert words in text
    assert [name for name, _ in preview.confirmed()] == ["Ada Byrne", "JosŽ East"]


def test_a_line_is_put_right_kept_and_left_out_without_the_file(preview: Preview) -> None:
    page = preview.decide(
        right__3__email="ben@far.example",
        was__3__email="ben(at)far",
        right__5__name="José East",
        was__5__name="JosŽ East",
        keep="4",
        out="2",
    )

    assert "Import 3 people" in page.text
    assert "1 line was left out by you" in page.text
    assert preview.confirmed() == [
        ("Ben Cole", "ben@far.example"),
        ("Cy Dale", "cy@far.example"),
        ("José East", "jose@far.example"),
    ]


def test_what_is_decided_on_the_page_counts_when_import_is_pressed_without_saving_it_first(
    preview: Preview,
) -> None:
    kept = preview.confirmed(
        right__3__email="ben@far.example", was__3__email="ben(at)far", keep="4", out="2", come="yes"
    )

    assert kept == [
        ("Ben Cole", "ben@far.example"), ("Cy Dale", "cy@far.example"), ("JosŽ East", "jose@far.example")
    ]  # fmt: skip
    with preview.database.reading() as session:
        rows = {row.person.name: row for row in registrations.at_event(session, preview.event.id)}
        assert {name: row.state.value for name, row in rows.items()} == {
            "Ben Cole": "confirmed", "Cy Dale": "invited", "JosŽ East": "invited"
        }  # fmt: skip
        assert [one.wording for one in basis.records(session, rows["Ben Cole"].id)] == [
            "You said that you come: “Confirmed” in list.csv"
        ]


def test_nobody_has_said_yes_by_a_list_unless_the_organiser_says_so(preview: Preview) -> None:
    assert "The list says that 1 person comes" in preview.one.get(preview.check).text
    preview.confirmed()
    with preview.database.reading() as session:
        states = {row.state.value for row in registrations.at_event(session, preview.event.id)}
    assert states == {"invited"}


def test_a_box_left_as_it_was_says_nothing_and_decisions_can_be_forgotten(preview: Preview) -> None:
    preview.decide(right__3__email="ben(at)far", was__3__email="ben(at)far", keep="5000000000000", out="x")
    with preview.database.reading() as session:
        assert session.query(Import).one().decisions == {"keep": [], "out": [], "right": {}}
    assert "Import 1 person" in preview.decide(out="2").text
    assert "Import 2 people" in preview.decide(forget="yes").text


def test_a_later_word_on_a_line_counts(preview: Preview) -> None:
    preview.decide(out="2")
    assert "Import 2 people" in preview.decide(keep="2").text


def test_lines_of_a_catalogue_or_of_another_event_cannot_be_decided(
    preview: Preview, make: Any, browser: Any
) -> None:
    other = browser(make.organiser(make.event()))
    other.post(f"{preview.check}/lines", {"out": "2"}, status=404)
    fields = {"file": (BytesIO(b'[{"id": "a", "title": "Rain", "notes": ""}]'), "c.json"), "source": "x"}
    catalogue = preview.one.post(f"{preview.address}/catalogue", fields).location
    preview.one.post(f"{catalogue}/lines", {"out": "2"}, status=404)


def test_the_list_that_is_given_out_changes_nothing_when_it_is_imported_again(preview: Preview) -> None:
    preview.confirmed()
    job = preview.one.post(f"{preview.address}/table")
    given = preview.one.client.get(preview.one.get(job.location, status=302).location)
    fields = {"file": (BytesIO(given.data), "attendees.csv")}

    page = preview.one.get(preview.one.post(f"{preview.address}/attendees", fields).location)

    assert given.headers["Content-Disposition"] == (
        f"attachment; filename={named(preview.event, 'attendee-table.csv')}"
    )
    assert "Somebody else" not in given.get_data(as_text=True)
    assert "Everybody on this list is here already, and nothing would change." in page.text
    assert "This looks like our own template." in page.text


def test_the_page_of_imports_says_when_the_file_of_the_list_was_made(preview: Preview) -> None:
    page = preview.one.get(preview.address)
    assert "the file as it was" not in page.text
    made = preview.one.get(preview.one.post(f"{preview.address}/table").location, status=302).location
    with preview.database.reading() as session:
        file = session.query(File).filter(File.name.startswith("attendee-table-")).one()

    page = preview.one.get(preview.address)

    assert f"can be imported again; the file as it was {when(file.made_at)}" in page.text
    assert f'href="{made}"' in page.html
    assert made.endswith(f"/files/{file.public_id}")


def test_what_is_decided_and_not_saved_is_kept_on_the_way_to_the_columns_and_back(preview: Preview) -> None:
    there = preview.one.post(
        f"{preview.check}/lines",
        {
            "right-3-email": "ben@far.example",
            "was-3-email": "ben(at)far",
            "out": "2",
            "come": "yes",
            "columns": "yes",
        },
    ).location

    assert there == f"{preview.check}/columns"
    page = preview.one.get(there)
    assert page.heading == "Which column is what?"
    assert 'name="columns"' in preview.one.get(preview.check).html
    assert "Change which column is what" in preview.one.get(preview.check).text
    columns = {f"column_{at}": name for at, name in enumerate(("name", "email", "team", "status"))}
    page = preview.one.follow(there, columns)
    assert "1 line was left out by you" in page.text
    assert [name for name, _ in preview.confirmed()] == ["Ben Cole", "JosŽ East"]


def test_of_two_boxes_for_one_name_the_one_that_was_changed_counts() -> None:
    for first, second, said in (
        ("Ken Ito", "Ito, K", "Ken Ito"),
        ("Ito, K", "Ken Ito", "Ken Ito"),
        ("Ito, K", "Ito, K", None),
    ):
        boxes = [
            ("was-4-name", "Ito, K"),
            ("right-4-name", first),
            ("was-4-name", "Ito, K"),
            ("right-4-name", second),
        ]
        assert said_of_lines(MultiDict(boxes)).right == ({4: {"name": said}} if said else {})


class Here:
    """A list about people who are here already, and where they stand after it."""

    def __init__(self, make: Any, browser: Callable[..., Any], database: Any) -> None:
        self.make, self.database = make, database
        self.event = make.event()
        self.one = browser(make.organiser(self.event))
        self.address = f"/organise/{self.event.public_id}/imports"

    def preview(self, text: str) -> tuple[str, Any]:
        fields = {"file": (BytesIO(text.encode()), "list.csv")}
        check = self.one.post(f"{self.address}/attendees", fields).location
        return check, self.one.get(check)

    def states(self) -> dict[str, str]:
        with self.database.reading() as session:
            return {
                row.person.name: row.state.value
                for row in registrations.at_event(session, self.event.id)
                if row.person.name != "Organiser"
            }


@pytest.fixture
def here(make: Any, browser: Callable[..., Any], sqlite: Any) -> Here:
    return Here(make, browser, sqlite)


SAYS_NO = """Name,Email,Status
Ada Byrne,ada@inside.example,Declined
Ben Cole,ben@far.example,Cancelled
Cy Dale,cy@far.example,Maybe
Di East,di@far.example,Maybe
Ed Fox,ed@far.example,Declined
Flo Gray,flo@far.example,Declined
Flo Gray,flo@far.example,Confirmed
"""


def test_a_no_or_maybe_of_a_list_about_who_is_here_is_asked_and_changes_nothing_by_itself(
    here: Here, make: Any, sqlite: Any
) -> None:
    ada = make.registration(here.event, make.person("Ada Byrne", "ada@inside.example"))
    with sqlite.writing() as session:
        coming.record(
            session, session.get_one(Registration, ada.id), BasisKind.NOTICE, "The notice", datetime.now(UTC)
        )
    make.registration(here.event, make.person("Ben Cole", "ben@far.example"), state="invited")
    make.registration(here.event, make.person("Cy Dale", "cy@far.example"))
    make.registration(here.event, make.person("Di East", "di@far.example"), state="invited")
    make.registration(here.event, make.person("Flo Gray", "flo@far.example"))
    make.registration(make.event(), make.person("Ed Fox", "ed@far.example"))
    before = here.states()
    check, page = here.preview(SAYS_NO)

    assert "The list says that 3 people here may not come" in page.text
    for words in (
        "Ada Byrne said here themselves that they come, and line 2 says “Declined”: mark them as not coming",
        "Ben Cole has not answered here, and line 3 says “Cancelled”: mark them as not coming",
        "Cy Dale is down as coming here, and line 4 says “Maybe”: mark them as not coming",
    ):
        assert words in page.text
    assert "The list says “Maybe”. Their answer here stays as it is." in page.text
    assert page.text.count("The list says “Maybe”, so they are read as not having answered.") == 2
    here.one.post(f"{check}/confirm", {})
    assert here.states() == before


def test_who_is_ticked_leaves_on_the_organisers_word(here: Here, make: Any, sqlite: Any) -> None:
    ada = make.registration(here.event, make.person("Ada Byrne", "ada@inside.example"))
    make.registration(here.event, make.person("Ben Cole", "ben@far.example"), state="invited")
    make.registration(here.event, make.person("Cy Dale", "cy@far.example"))
    check, _ = here.preview(SAYS_NO)
    here.one.post(f"{check}/lines", {"gone": ["2", "3", "99"]})
    assert here.one.get(check).html.count(" checked") == 2
    here.one.post(f"{check}/confirm", {"gone": ["2", "3", "99"]})

    states = here.states()
    assert [states[name] for name in ("Ada Byrne", "Ben Cole", "Cy Dale")] == [
        "cancelled",
        "declined",
        "confirmed",
    ]
    assert "2 people here are marked as not coming" in here.one.get(check).text
    with sqlite.reading() as session:
        assert [one.wording for one in basis.records(session, ada.id)] == [
            "You said that you do not come: “Declined” in list.csv"
        ]


def test_a_second_line_of_one_person_is_said_to_add_to_the_first_and_not_to_be_refused(
    make: Any, browser: Any, sqlite: Any
) -> None:
    event = make.event()
    one = browser(make.organiser(event))
    text = "Name,Email,Team\nAda Byrne,ada@far.example,\nAda Byrne,ADA@far.example,Rain\nBo,,\nBo,,Snow\n"
    fields = {"file": (BytesIO(text.encode()), "list.csv")}
    check = one.post(f"/organise/{event.public_id}/imports/attendees", fields).location
    page = one.get(check).text
    assert "2 joined to an earlier line 0 refused" in page
    assert "Ada Byrne is on line 2 already, with the same address. Both lines are read as one person." in page
    assert "Import it as another person (line 5)" in page
    assert "Leave this line out (line 3)" in page
    one.post(f"{check}/lines", {"keep": "5"})
    one.post(f"{check}/confirm", {})
    assert "1 joined to an earlier line 0 refused" in one.get(check).text
    with sqlite.reading() as session:
        there = sorted((row.person.name, row.team) for row in registrations.at_event(session, event.id))
    assert there == [("Ada Byrne", "Rain"), ("Bo", ""), ("Bo", "Snow")]


def test_whoever_is_to_be_kept_apart_from_somebody_not_found_is_asked_about_before_the_yes(
    preview: Preview,
) -> None:
    text = "Name,Email,Must not be paired with\nAda Byrne,ada@x.example,Zoe Leee; Ben Cole\nBen Cole,ben@x.example,\n"
    sent = preview.one.post(f"{preview.address}/attendees", {"file": (BytesIO(text.encode()), "apart.csv")})
    preview.check = sent.location

    page = preview.one.get(preview.check).text
    assert page.index("1 line says whom to keep apart, and we cannot tell who that is") < page.index(
        "Import 2 people"
    )
    assert "“Zoe Leee” is not on this list or at the event, so nobody is kept apart." in page

    put_right = {"right-2-not_with": "Cole, Ben", "was-2-not_with": "Zoe Leee; Ben Cole"}
    preview.one.post(f"{preview.check}/lines", put_right)
    assert "whom to keep apart" not in preview.one.get(preview.check).text
