"""The organisers' pages for importing: upload, columns, preview, yes or no."""

import json
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest

from matchmaker.intake import apart
from matchmaker.jobs.handlers import HANDLERS
from matchmaker.jobs.queue import Queue
from matchmaker.jobs.work import run
from matchmaker.services.attendee_lists import keep_readings, uploads
from matchmaker.services.people import stay_signed_in
from matchmaker.store.attendee_lists import imports
from matchmaker.store.attendee_lists.imports import Import, ImportKind, ImportState
from matchmaker.store.catalogue import imported
from matchmaker.store.files import File
from matchmaker.store.jobs import Job, JobState
from matchmaker.store.mail import Mail
from matchmaker.store.people import registrations
from matchmaker.web.app import create_app

LIST = """Name,Email,Organisation,About them
Ada,ada@inside.example,Defra,Rivers
Ben,ben@far.example,Met Office,Rain
"""


class Desk:
    """An organiser at a browser, ready to import."""

    def __init__(self, make: Any, browser: Callable[..., Any], database: Any) -> None:
        self.database = database
        self.event = make.event()
        self.organiser = make.organiser(self.event)
        self.one = browser(self.organiser)
        self.address = f"/organise/{self.event.public_id}/imports"

    def upload(
        self, data: bytes | str, name: str = "list.csv", status: int = 303, kind: str = "attendees"
    ) -> Any:
        raw = data.encode() if isinstance(data, str) else data
        fields = {"file": (BytesIO(raw), name), "source": "data.gov.uk"}
        return self.one.post(f"{self.address}/{kind}", fields, status)

    def people(self) -> list[str]:
        with self.database.reading() as session:
            return [row.person.name for row in registrations.at_event(session, self.event.id)]

    def rows(self, kind: type[Any]) -> list[Any]:
        with self.database.reading() as session:
            return list(session.query(kind).all())


@pytest.fixture
def desk(make: Any, browser: Any, sqlite: Any) -> Desk:
    make.registration(make.event(), make.person("Somebody else"))
    return Desk(make, browser, sqlite)


def test_a_list_is_checked_then_imported_and_suggestions_follow(desk: Desk) -> None:
    check = desk.upload(LIST).location
    page = desk.one.get(check)
    assert page.heading == "Check the list"
    assert "Import 2 people" in page.text
    assert "1 inside the department, 1 outside." in page.text
    assert desk.people() == []
    job = desk.one.post(f"{check}/confirm")
    result = desk.one.get(desk.one.get(job.location, status=302).location)
    assert result.heading == "The list is imported"
    assert desk.people() == ["Ada", "Ben"]
    assert [job.kind for job in desk.rows(Job)] == ["read-upload", "import-attendees", "suggest"]
    again = desk.one.get(desk.upload(LIST).location)
    assert "Everybody on this list is here already, and nothing would change." in again.text
    desk.one.post(f"{check}/confirm", status=404)


def test_a_line_that_is_left_out_is_said_to_be_so_and_not_to_have_cancelled(desk: Desk) -> None:
    check = desk.upload(LIST + "Total: 2,,,\n").location
    job = desk.one.post(f"{check}/confirm")
    text = desk.one.get(desk.one.get(job.location, status=302).location).text
    assert "1 row left out, and why" in text
    assert "Line 4: “Total: 2” looks like a total or a note, so it was not imported." in text


def test_an_import_writes_to_nobody(desk: Desk) -> None:
    check = desk.upload(LIST).location
    assert "nobody gets an email" in desk.one.get(check).text
    assert desk.people() == []
    desk.one.post(f"{check}/confirm")
    assert desk.people() == ["Ada", "Ben"]
    assert desk.rows(Mail) == []


def test_bad_rows_are_named_and_do_not_stop_the_others(desk: Desk) -> None:
    check = desk.upload(LIST + "Cy,not an address,Defra,\nDee,ada@inside.example,Defra,\n").location
    text = desk.one.get(check).text
    assert "2 rows cannot be used" in text
    assert "Line 4: “not an address” is not an email address." in text
    assert "Line 5: ada@inside.example is already used for Ada on line 2." in text
    assert "Import 2 people" in text


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "list.csv", "This file is empty."),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "list.csv", "This is a picture."),
    ],
)
def test_a_file_that_is_no_list_gets_a_sentence_and_nothing_is_kept(
    desk: Desk, data: bytes, name: str, words: str
) -> None:
    page = desk.upload(data, name, status=422)
    assert words in page.text
    assert "There is a problem" in page.html
    assert desk.rows(File) == desk.rows(Import) == []


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"PK\x03\x04 broken", "list.xlsx", "This file is damaged"),
        (b"Name,Email\n", "list.csv", "no rows below them"),
    ],
)
def test_a_file_that_turns_out_to_be_no_list_gets_a_sentence_and_nothing_is_kept(
    desk: Desk, data: bytes, name: str, words: str
) -> None:
    page = desk.one.get(desk.upload(data, name).location)
    assert page.heading == "This file cannot be read"
    assert words in page.text
    assert "Nothing of it was kept." in page.text
    assert desk.rows(File) == []


def test_no_file_at_all_says_to_choose_one(desk: Desk) -> None:
    assert "Choose a file" in desk.one.post(f"{desk.address}/attendees", {}, status=422).text


def test_a_file_of_fifty_megabytes_gets_a_page_that_says_so(desk: Desk) -> None:
    body = b"a" * (50 * 1024 * 1024)
    sent = {"data": body, "content_type": "multipart/form-data; boundary=x"}
    answer = desk.one.client.post(f"{desk.address}/attendees", **sent)
    assert answer.status_code == 413
    assert "up to 25 MB" in answer.get_data(as_text=True)
    assert desk.rows(File) == []


def test_unknown_columns_are_asked_for_once_and_remembered(desk: Desk) -> None:
    strange = "Wer,Wo,Schuhe\nAda,ada@inside.example,39\nBen,ben@far.example,44\n"
    check = desk.upload(strange).location
    asked = desk.one.get(check, status=302).location
    page = desk.one.get(asked)
    assert page.heading == "Which column is what?"
    assert "For example: Ada; Ben" in page.text
    nothing = {"column_0": "ignore", "column_1": "ignore", "column_2": "ignore"}
    refused = desk.one.post(asked, nothing, status=422)
    assert "Say which column holds the names or the email addresses" in refused.text
    desk.one.post(asked, {"column_0": "name", "column_1": "email", "column_2": "ignore"})
    assert "Import 2 people" in desk.one.get(check).text
    assert "Import 2 people" in desk.one.get(desk.upload(strange).location).text


def test_a_removed_upload_leaves_nothing_behind(desk: Desk) -> None:
    check = desk.upload(LIST).location
    assert "is removed. Nothing of it was kept." in desk.one.follow(f"{check}/drop").text
    assert desk.rows(File) == []
    assert desk.rows(Import)[0].state is ImportState.DROPPED
    assert "This upload was removed" in desk.one.get(check).heading
    desk.one.post(f"{check}/confirm", status=404)


def test_the_list_of_imports_shows_what_waits_and_what_is_done(desk: Desk) -> None:
    assert "Nothing has been imported yet" in desk.one.get(desk.address).text
    check = desk.upload(LIST).location
    assert "Waiting for your yes list.csv" in desk.one.get(desk.address).text
    desk.one.post(f"{check}/confirm")
    assert "Imported list.csv" in desk.one.get(desk.address).text


def test_an_upload_whose_week_is_over_says_so(desk: Desk, make: Any) -> None:
    check = desk.upload(LIST).location
    with desk.database.writing() as session:
        session.query(File).delete()
    for where in (check, f"{check}/columns"):
        page = desk.one.get(where)
        assert page.heading == "This file is no longer kept"
        assert (
            "list.csv: It goes after a week, or when somebody who may be in it deletes themself." in page.text
        )
        assert "Say which column is what" not in page.text, "there is nothing to say it of"
        assert f'href="{desk.address}/attendees">Upload it again' in page.html


def test_another_events_uploads_do_not_exist_here(desk: Desk, make: Any, browser: Any, sqlite: Any) -> None:
    public_id = desk.upload(LIST).location.rsplit("/", 1)[-1]
    other = Desk(make, browser, sqlite)
    for tail in ("", "/columns"):
        other.one.get(f"{other.address}/{public_id}{tail}", status=404)
    for tail in ("/confirm", "/drop", "/columns"):
        other.one.post(f"{other.address}/{public_id}{tail}", status=404)


def test_a_catalogue_is_checked_then_imported(desk: Desk) -> None:
    packages = [
        {"id": "a", "name": "a", "title": "River flows", "organization": {"title": "EA"}, "resources": []},
        {"id": "b", "name": "b", "title": "Badgers", "private": True, "resources": []},
        {"id": "c", "name": "c", "title": "", "resources": []},
    ]
    answer = json.dumps({"success": True, "result": {"count": 3, "results": packages}})
    check = desk.upload(answer, "a.json", kind="catalogue").location
    page = desk.one.get(check)
    assert "Import 1 dataset" in page.text
    assert "1 record cannot be used" in page.text
    assert "River flows" in page.text
    job = desk.one.post(f"{check}/confirm", {"private": "b"})
    result = desk.one.get(desk.one.get(job.location, status=302).location)
    assert result.heading == "The catalogue is imported"
    # This event's lists are worked out at once; those of other events follow one at a time.
    assert [job.kind for job in desk.rows(Job)] == ["read-upload", "import-catalogue", "suggest"]
    with desk.database.reading() as session:
        assert sorted(one.source_id for one in imported.kept_of(session, "data.gov.uk")) == ["a", "b"]
        assert imports.sources(session) == ["data.gov.uk"]


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("", "Enter where the catalogue is from"),
        ("people", "Enter another name: “people” is what datasets made on this site are kept under"),
        (" Series ", "Enter another name: “Series” is what datasets made on this site are kept under"),
        ("x" * 101, "The name must be 100 characters or fewer"),
    ],
)
def test_a_catalogue_without_a_right_name_is_kept_until_it_has_one(
    desk: Desk, source: str, words: str
) -> None:
    fields = {"file": (BytesIO(b"title,id\nRivers,1\n"), "a.csv"), "source": source}
    asks = desk.one.post(f"{desk.address}/catalogue", fields).location
    page = desk.one.get(asks)
    assert words in page.text
    assert "a.csv is uploaded. Choose a file only to take another in its place." in page.text
    assert f'value="{source.strip()}"' in page.html or not source
    assert desk.rows(Job) == []
    [waits] = desk.rows(Import)
    assert desk.one.get(f"{desk.address}/{waits.public_id}", 302).location.endswith(
        f"upload={waits.public_id}"
    )

    check = desk.one.post(asks, {"source": "data.gov.uk"}).location
    assert "Import 1 dataset" in desk.one.get(check).text
    [there] = desk.rows(Import)
    assert (there.public_id, there.source) == (waits.public_id, "data.gov.uk")
    desk.one.get(asks, 404)


def test_another_file_may_take_the_place_of_one_that_waits_for_its_name(desk: Desk) -> None:
    asks = desk.one.post(
        f"{desk.address}/catalogue", {"file": (BytesIO(b"title\nRivers\n"), "a.csv")}
    ).location
    empty = desk.one.post(asks, {"file": (BytesIO(b""), "b.csv"), "source": "data.gov.uk"}, 422)
    assert "This file is empty" in empty.text
    assert "a.csv is uploaded" in empty.text
    desk.one.post(asks, {"file": (BytesIO(b"title\nRain\n"), "b.csv"), "source": "data.gov.uk"})
    assert [(one.file_name, one.state) for one in desk.rows(Import)] == [
        ("a.csv", ImportState.DROPPED),
        ("b.csv", ImportState.WAITING),
    ]


def test_a_catalogue_needs_a_file_and_an_upload_of_this_kind(desk: Desk) -> None:
    page = desk.one.post(f"{desk.address}/catalogue", {"source": "data.gov.uk"}, 422)
    assert "Choose a file" in page.text
    assert 'value="data.gov.uk"' in page.html
    people = desk.upload(LIST).location.rpartition("/")[2]
    desk.one.get(f"{desk.address}/catalogue?upload={people}", 404)


def test_what_is_no_catalogue_gets_a_sentence(desk: Desk) -> None:
    page = desk.one.get(desk.upload("<?xml version='1.0'?><rdf/>", "a.rdf", kind="catalogue").location)
    assert "which we do not read" in page.text
    assert desk.rows(File) == []


@pytest.mark.parametrize("kind", ["attendees", "catalogue"])
def test_a_file_that_is_uploaded_twice_and_waits_is_one_upload_and_another_file_or_source_another(
    desk: Desk, kind: str
) -> None:
    data = {"attendees": LIST, "catalogue": "id,title\n1,Rivers\n"}[kind]
    first = desk.upload(data, "a.csv", kind=kind).location
    assert desk.upload(data, "a.csv", kind=kind).location == first
    desk.upload(data + "\n", "a.csv", kind=kind)
    desk.upload(data, "b.csv", kind=kind)
    assert len(desk.rows(Import)) == 3
    desk.one.post(f"{first}/drop")
    assert desk.upload(data, "a.csv", kind=kind).location != first
    if kind == "catalogue":
        fields = {"file": (BytesIO(data.encode()), "a.csv"), "source": "another portal"}
        desk.one.post(f"{desk.address}/catalogue", fields)
        assert [one.source for one in desk.rows(Import)][-2:] == ["data.gov.uk", "another portal"]


def test_ten_who_say_yes_to_one_import_at_once_get_one_import_and_one_refit(
    database: Any, maker: Any, settings: Any
) -> None:
    make = maker(database)
    event = make.event()
    noise = make.event("Noise")
    organisers = [make.organiser(event) for _ in range(10)]
    queue = Queue(settings, database)
    app = create_app(settings, database, queue)
    app.config["WTF_CSRF_ENABLED"] = False
    with database.writing() as session:
        data = LIST.encode()
        row = uploads.keep(session, event.id, ImportKind.ATTENDEES, "list.csv", data, None)
        keep_readings.keep(session, row, apart.read(keep_readings.order(row, {}), data))
        tokens = [stay_signed_in.begin(session, one, datetime.now(UTC)) for one in organisers]
    answers: list[int] = []

    def confirm(token: str) -> None:
        client = app.test_client()
        with client.session_transaction() as cookie:
            cookie["_user_id"] = token
        answers.append(
            client.post(f"/organise/{event.public_id}/imports/{row.public_id}/confirm").status_code
        )

    threads = [threading.Thread(target=confirm, args=(token,)) for token in tokens]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    queue.close()
    assert answers == [303] * 10
    with database.reading() as session:
        [job] = session.query(Job).all()
    for _ in range(3):
        # A job that is put back and run again keeps nothing twice, either.
        run(database, settings, HANDLERS, job.id)
        with database.writing() as session:
            session.get_one(Job, job.id).state = JobState.QUEUED
    with database.reading() as session:
        kinds = sorted(one.kind for one in session.query(Job).all())
        assert len(registrations.at_event(session, event.id)) == 2
        assert registrations.at_event(session, noise.id) == []
    assert kinds == ["import-attendees", "suggest"]


@pytest.mark.parametrize(
    ("count", "words"),
    [(1999, ""), (2000, "Importing so many datasets takes about 4 seconds. The page says when it is done."),
     (20_001, "Importing so many datasets takes about 42 seconds. The page says when it is done.")],
)  # fmt: skip
def test_how_long_a_large_import_takes_is_said_before_the_yes(app: Any, count: int, words: str) -> None:
    parts = app.jinja_env.get_template("organisers/attendee_lists/import_parts.html").module
    said = str(parts.takes(count, "datasets")).strip()
    assert said == (f'<p class="govuk-body">{words}</p>' if words else "")


def test_the_page_of_a_large_catalogue_says_how_long_it_takes(desk: Desk) -> None:
    titles = "\n".join(f"{number},Rain {number}" for number in range(2000))
    page = desk.one.get(desk.upload(f"id,title\n{titles}\n", "rain.csv", kind="catalogue").location)
    assert "Importing so many datasets takes about 4 seconds." in page.text
