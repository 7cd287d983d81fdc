"""An upload is read by a real process of its own, which holds no lock and cannot take more than its share."""

import io
import time
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from matchmaker.intake.apart import TOO_MUCH, Order, read
from matchmaker.jobs import read_upload
from matchmaker.jobs.read_upload import apart
from matchmaker.jobs.work import run
from matchmaker.services.attendee_lists import keep_readings, uploads
from matchmaker.settings import from_environment
from matchmaker.store.attendee_lists import imports
from matchmaker.store.attendee_lists.imports import ImportKind
from matchmaker.store.event.events import Round
from matchmaker.store.jobs import Job, JobState
from matchmaker.store.session import Database

LIST = Order("attendees", "list.csv")
ROWS = b"Name,Email,Topics\n" + b"".join(b"Person %d,p%d@inside.example,rivers\n" % (n, n) for n in range(40))
MEGABYTE = 1024 * 1024


def test_a_process_of_its_own_reads_what_this_one_would() -> None:
    said = replace(LIST, said={"Topics": "bio"})
    assert apart(LIST, ROWS) == read(LIST, ROWS)
    assert apart(said, ROWS) == read(said, ROWS) != read(LIST, ROWS)
    catalogue = Order("catalogue", "a.csv")
    assert apart(catalogue, b"title,id,modified\nRivers,1,2024-01-02\n").catalogue is not None
    assert "picture" in apart(LIST, b"\x89PNG\r\n\x1a\n").problem


@pytest.mark.parametrize("limit", [{"seconds": 1}, {"memory": 40 * MEGABYTE}])
def test_a_file_that_takes_more_than_its_share_ends_with_words_and_in_time(limit: dict[str, int]) -> None:
    large = b"Name,Email,Topics\n" + b'"a, b",c@inside.example,"rivers; rain"\n' * 45_000
    began = time.monotonic()
    assert apart(replace(LIST, **limit), large).problem == TOO_MUCH
    assert time.monotonic() - began < 30


def test_the_process_knows_no_setting_of_the_installation(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[dict[str, str]] = []
    monkeypatch.setenv("MATCHMAKER_SECRET_KEY", "canary")
    ran = read_upload.subprocess.run

    def watched(*words: Any, **options: Any) -> Any:
        seen.append(options["env"])
        return ran(*words, **options)

    monkeypatch.setattr(read_upload.subprocess, "run", watched)
    apart(LIST, ROWS)
    assert "canary" not in str(seen)


def empty_rows() -> bytes:
    """Return a workbook of a few kilobytes with a million empty rows."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
            'ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.'
            'openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>',
        )
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        package = "http://schemas.openxmlformats.org/package/2006/relationships"
        sheet = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        book.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{package}"><Relationship Id="r" Type="{kind}/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>',
        )
        book.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{package}"><Relationship Id="r" Type="{kind}/worksheet" '
            'Target="s.xml"/></Relationships>',
        )
        book.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{sheet}" xmlns:r="{kind}"><sheets><sheet name="S" sheetId="1" r:id="r"/></sheets>'
            "</workbook>",
        )
        book.writestr(
            "xl/s.xml",
            f'<worksheet xmlns="{sheet}"><sheetData>{"<row/>" * 1_400_000}</sheetData></worksheet>',
        )
    return made.getvalue()


def test_others_write_while_a_hostile_workbook_is_read(
    sqlite: Database, make: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = make.event()
    data = empty_rows()
    assert len(data) < 50_000
    with sqlite.writing() as session:
        row = uploads.keep(session, event.id, ImportKind.ATTENDEES, "list.xlsx", data, None)
        job = keep_readings.ask_to_read(session, row, {}, None)
    ran = read_upload.apart

    def meanwhile(order: Order, file: bytes) -> Any:
        make.person("Somebody else")
        return ran(replace(order, seconds=2), file)

    monkeypatch.setattr(read_upload, "apart", meanwhile)
    run(sqlite, from_environment({}), {"read-upload": read_upload.read_upload}, job.id)
    with sqlite.reading() as session:
        assert session.get_one(Job, job.id).state is JobState.DONE
        kept = imports.by_public_id(session, event.id, row.public_id)
        assert kept is not None
        assert kept.summary["problem"]
        assert kept.file is None


def test_a_time_without_half_of_the_day_in_a_list_is_in_the_half_in_which_the_event_is(
    sqlite: Database, make: Any
) -> None:
    table = b"Name,Email,Arrives,Leaves\nAda Byrne,a@inside.example,7.30,8.15\n"
    found = []
    for hour in (19, 10):
        event = make.event()
        begins = datetime(2027, 3, 11, hour, tzinfo=UTC)
        make.add(Round(event_id=event.id, number=1, starts_at=begins, minutes=90))
        with sqlite.writing() as session:
            row = uploads.keep(session, event.id, ImportKind.ATTENDEES, "list.csv", table, None)
            job = keep_readings.ask_to_read(session, row, {}, None)
        run(sqlite, from_environment({}), {"read-upload": read_upload.read_upload}, job.id)
        with sqlite.reading() as session:
            kept = imports.by_public_id(session, event.id, row.public_id)
            assert kept is not None
            reading = keep_readings.find(session, kept)
        assert reading is not None
        assert reading.people is not None
        found += [(str(one.arrives), str(one.leaves)) for one in reading.people.rows]
    assert found == [("19:30:00", "20:15:00"), ("07:30:00", "08:15:00")]
