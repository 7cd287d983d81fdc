"""Claim slips: one for each person who waits, the same file for the same slips, and gone with a name."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select

from matchmaker.recognition.states import UnclaimedState
from matchmaker.services.credits import claim_credits, slips_to_claim
from matchmaker.services.credits.slips_to_claim import Slips
from matchmaker.services.plans import sheet_values
from matchmaker.store.credits.unclaimed import UnclaimedCredit
from matchmaker.store.event.events import Event
from matchmaker.store.files import File
from matchmaker.store.session import Database, Session

KEY = "a secret"
NOW = datetime(2027, 3, 1, tzinfo=UTC)


def slips(session: Session, event: Event, at: datetime = NOW) -> Slips:
    there = session.get_one(Event, event.id)
    return slips_to_claim.of_event(session, there, KEY, "https://m.example/claim", at)


def test_everybody_who_waits_has_a_slip_and_a_name_that_goes_takes_the_finished_slips_along(
    sqlite: Database, make: Any
) -> None:
    event, other = make.event(), make.event("Elsewhere")
    ada, rivers = make.person("Ada"), make.dataset("River Levels")

    def named(name: str, here: Event = event, **columns: Any) -> UnclaimedCredit:
        row = UnclaimedCredit(
            public_id=f"public-{name}", event_id=here.id, dataset_id=rivers.id, role="collected", name=name,
            name_key=name, code_hash=name, **columns,
        )  # fmt: skip
        make.add(row)
        return row

    will = named("Will", organisation="Water Office", named_by_id=ada.id)
    named("Noise", other)
    named("A team", is_team=True)
    named("Shown", state=UnclaimedState.SHOWN, agreed_at=NOW)
    with sqlite.writing() as session:
        made = slips(session, event)
        (one,) = made.slips
        assert (one.name, one.organisation, one.dataset, one.did, one.named_by, one.code) == (
            "Will", "Water Office", "River Levels", "Collected or measured it", "Ada",
            claim_credits.slip_code(KEY, will.public_id),
        )  # fmt: skip
        assert made.sheet.address == "https://m.example/claim"
        later = slips(session, event, datetime(2027, 3, 2, tzinfo=UTC))
        assert slips_to_claim.file_name(later) == slips_to_claim.file_name(made)
        for name in (slips_to_claim.file_name(made), "list-plan-1-aaaaaaaa.pdf"):
            session.add(
                File(
                    event_id=event.id,
                    name=name,
                    media_type=sheet_values.MEDIA["pdf"],
                    content=b"",
                    purge_at=NOW,
                )
            )
        session.flush()
        assert claim_credits.refuse(session, session.get_one(UnclaimedCredit, will.id))
        assert slips(session, event).slips == ()
        assert list(session.scalars(select(File.name))) == ["list-plan-1-aaaaaaaa.pdf"]
