"""A file of personal codes: who can open what is kept of it, and for how long."""

from datetime import UTC, datetime, timedelta
from typing import Any

from matchmaker.documents.people.codes import PrintedCode
from matchmaker.services.people import hand_over_codes
from matchmaker.store import files
from matchmaker.store.session import Database

ADA = PrintedCode("Ada", "Moor Office", "ABCDE-23456", "ada@inside.example")
AT = datetime(2027, 3, 1, 9, tzinfo=UTC)


def test_only_the_key_and_the_secret_together_open_the_file_and_only_for_an_hour(
    database: Database, maker: Any
) -> None:
    event = maker(database).event()
    with database.writing() as session:
        public_id, key = hand_over_codes.keep(session, event.id, "codes.csv", "text/csv", [ADA], "secret", AT)
    with database.reading() as session:
        file = files.by_public_id(session, event.id, public_id)
        assert file is not None
        assert b"Moor Office" not in file.content
        soon, late = AT + timedelta(minutes=59), AT + timedelta(hours=1)
        assert hand_over_codes.opened(file, key, "secret", soon) == [ADA]
        assert hand_over_codes.opened(file, key, "secret", late) == []
        assert hand_over_codes.opened(file, key, "another secret", soon) == []
        assert hand_over_codes.opened(file, key[::-1], "secret", soon) == []
        assert hand_over_codes.opened(None, key, "secret", soon) == []
