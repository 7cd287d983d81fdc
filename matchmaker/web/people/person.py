"""One person: what they did for which datasets, and what was said of it."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from matchmaker.recognition.label import Quotation, Voices
from matchmaker.recognition.states import ContributionState
from matchmaker.recognition.withheld import Unread, without_names
from matchmaker.services import sight
from matchmaker.services.credits import build_labels, state_contributions
from matchmaker.services.people import agreements, show_work
from matchmaker.services.suggestions import give_answers
from matchmaker.store.credits import contributions, endorsements
from matchmaker.store.credits.contributions import SHOWN, Contribution
from matchmaker.store.people import people, together
from matchmaker.store.people.people import Person
from matchmaker.store.suggestions import answers
from matchmaker.web.access import at
from matchmaker.web.account import me, sign_out
from matchmaker.web.attendees.cards import Leads, one_card
from matchmaker.web.attendees.person_links import way_back
from matchmaker.web.gone import say_gone
from matchmaker.web.people import people as pages
from matchmaker.web.transaction import session


@dataclass(frozen=True)
class PersonCredit:
    """One contribution as the person's page shows it: the role and note in words, and the thanks others may read."""

    row: Contribution
    role: str
    note: str
    thanks: tuple[Quotation, ...]
    voices: Voices

    @property
    def claimed(self) -> bool:
        """Whether only the person says so."""
        return self.row.state is ContributionState.CLAIMED


@pages.get("/people/<person>", endpoint="person")
def show_person(person: str) -> str:
    """Show a person to those who may see them; their own page shows what they hide, too.

    Whoever does not want their name shown with a credit has none here, as anybody else without one.
    """
    found = people.by_public_id(session(), person)
    if found is None or not sight.may_see(session(), me(), found):
        say_gone(
            "There is nobody here whom you can see. People leave, and choose who sees them",
            url_for("people.datasets"),
            "Datasets",
        )
    own = found.id == me().id
    rows = contributions.of_person(session(), found.id) if own or found.show_name else []
    unseen = state_contributions.unseen(session(), found.id, rows) if own else set()
    rows = [row for row in rows if row.id not in unseen]
    if not own:
        rows = [row for row in rows if row.state_for_others in SHOWN]
    given = endorsements.received_by(session(), found.id)[::-1] if rows else []
    withheld = build_labels.withheld_beside(session(), rows, given)
    credits = [_credit(row, given, withheld[row.dataset_id]) for row in rows]
    return render_template(
        "people/person.html",
        person=found,
        own=own,
        credits=credits,
        work=show_work.seen_by(session(), me(), found),
        back=way_back(found.public_id),
        **({} if own else _between(found)),
    )


def _between(other: Person) -> dict[str, Any]:
    """Return the card of the two at the event from which the reader comes, or else at their latest common one.

    It is as the page of suggestions shows it, if it does.
    """
    common = together.newest_common_event(session(), me().id, other.id, request.args.get("at", ""))
    if common is None or give_answers.find(session(), common.id, me().id, other.public_id) is None:
        return {"card": None}
    at(common)
    said = answers.of_person(session(), common.id, me().id).get(other.id)
    card = one_card(other, said.value if said else "")
    # The name leads to this very page, except to an introduction.
    card = card if card.mutual else replace(card, leads=Leads.NOWHERE)
    return {"card": card, "common": common}


@pages.post("/public-labels/take-back", endpoint="take_back_public")
def take_back_public() -> Response:
    """Take one's name off public labels at once; whom no event keeps any more is erased with that."""
    if agreements.take_back(session(), me(), datetime.now(UTC)):
        sign_out()
        flash("Your name is off public labels, and nothing about you is kept here any more", "success")
        return redirect(url_for("public.home"))
    flash("Your name is off public labels", "success")
    return redirect(url_for("people.person", person=me().public_id))


def _credit(row: Contribution, given: list[endorsements.Endorsement], withheld: list[Unread]) -> PersonCredit:
    label = build_labels.label_of_one(row, given, withheld)
    own = [row.person.name]
    role = without_names(build_labels.role_in_words(row.role, row.role_text), withheld, own)
    return PersonCredit(row, role, without_names(row.note, withheld, own), label.thanks, label.voices)
