"""After a meeting: a short card on it for oneself, keeping in touch, and the people one met, to take along."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from flask import Response, abort, current_app, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from matchmaker.documents.people.own_data import cards
from matchmaker.services.people import keep_in_touch, remember_meetings
from matchmaker.services.people.keep_in_touch import Contact
from matchmaker.services.people.remember_meetings import EncounterAnswers, Met
from matchmaker.services.refused import Refused
from matchmaker.store.catalogue.datasets import Dataset
from matchmaker.store.credits import contributions
from matchmaker.store.credits.contributions import SHOWN
from matchmaker.store.people import registrations
from matchmaker.store.people.encounters import NEXT_LONGEST, WAYS, Useful
from matchmaker.store.people.people import LINK_LONGEST, PHONE_LONGEST, Person
from matchmaker.store.plans import plans
from matchmaker.store.plans.plans import Meeting
from matchmaker.web.access import event
from matchmaker.web.account import me
from matchmaker.web.attendees import attendees
from matchmaker.web.fields import (
    CheckboxesField,
    Length,
    LongTextField,
    RadioField,
    SelectChoice,
    SubmitField,
    TextField,
)
from matchmaker.web.filters import clock, sentence_list
from matchmaker.web.form import EditForm, done
from matchmaker.web.gone import say_gone
from matchmaker.web.people.form_errors import show
from matchmaker.web.transaction import deliver_mail, session

Page = str | Answer | tuple[str, int]
YES, NO = "yes", "no"
MOST_THANKS = 3
GIVES = {"email": "your email address", "phone": "your telephone number", "link": "your link"}
USEFUL = {Useful.VERY: "Very", Useful.SOMEWHAT: "Somewhat", Useful.NOT: "Not really"}


class MetForm(EditForm):
    """The card on one meeting."""

    took_place = RadioField(
        "Did you meet?", choices=[SelectChoice(YES, "Yes"), SelectChoice(NO, "No")], validate_choice=False
    )
    knew_before = RadioField(
        "Did you know each other before?",
        choices=[SelectChoice(YES, "Yes"), SelectChoice(NO, "No")],
        validate_choice=False,
    )
    useful = RadioField(
        "Was it useful?",
        choices=[SelectChoice(kind.value, words) for kind, words in USEFUL.items()],
        validate_choice=False,
    )
    next_step = LongTextField(
        "What next?",
        description="A note to yourself. Only you see it.",
        validators=[
            Length(max=NEXT_LONGEST, message=f"Your note must be {NEXT_LONGEST} characters or fewer")
        ],
        render_kw={"params": {"rows": 3}},
    )
    shares = CheckboxesField("Keep in touch?", choices=[SelectChoice(one, one) for one in WAYS])
    phone = TextField(
        "Your telephone number",
        validators=[Length(max=PHONE_LONGEST)],
        render_kw={"params": {"classes": "govuk-input--width-20", "inputmode": "tel", "autocomplete": "tel"}},
    )
    link = TextField(
        "Your link",
        description="For example a page about you or your team",
        validators=[Length(max=LINK_LONGEST)],
        render_kw={"params": {"inputmode": "url", "spellcheck": False}},
    )
    save = SubmitField("Save")


@dataclass(frozen=True)
class MetRow:
    """Somebody the reader met, as the list shows them; `thanks` are datasets to thank them for, with the role."""

    person: Person
    when: str
    reasons: tuple[str, ...]
    took_place: bool | None
    answered: bool
    next_step: str
    contact: Contact
    thanks: tuple[tuple[Dataset, str], ...]


@attendees.get("/met")
def met() -> str:
    """Show whom the reader met, with what they noted and were given, to print and to take along."""
    found = remember_meetings.met(session(), event(), me(), _now())
    thanks = _to_thank([one.person for one in found])
    rows = [_row(one, thanks.get(one.person.id, ())) for one in found]
    return render_template(
        "attendees/met.html",
        event=event(),
        rows=[one for one in rows if one.took_place is not False],
        missed=[one for one in rows if one.took_place is False],
        planned=plans.published_id(session(), event().id) is not None,
    )


@attendees.get("/met/contacts.vcf")
def met_cards() -> Response:
    """Give a card for everybody the reader met, with what each gave them, as one file for an address book."""
    found = remember_meetings.met(session(), event(), me(), _now())
    there = [one for one in found if one.said is None or one.said.took_place is not False]
    return _vcard(there, "people-i-met.vcf")


@attendees.route("/met/<person>", methods=["GET", "POST"])
def met_person(person: str) -> Page:
    """Show the reader's card on a meeting, and what the other gave them; or keep the card."""
    if (found := _find(person)) is None:
        return redirect(url_for("attendees.day"))
    if request.method == "POST":
        registrations.hold(session(), event().id, me().id, found.person.id)
    form = MetForm(lambda: _stored(found), of=(me(),))
    form.shares.choices = [SelectChoice(value, words) for value, words in _ways().items()]
    if form.validate_on_submit() and _kept(form, found):
        kept = _find(person)
        done(form, _what_is_given(found.person.name, kept))
        # What the other gave is read here; else the list says of whom there is more to say.
        in_touch = kept is not None and kept.in_touch
        return redirect(
            url_for("attendees.met_person", person=person) if in_touch else url_for("attendees.met")
        )
    others = [one.person for one in to_say(_now()) if one.person.id != found.person.id]
    page = render_template(
        "attendees/met_person.html",
        event=event(),
        form=form,
        found=found,
        when=_when(found),
        contact=keep_in_touch.given(found),
        thanks=_to_thank([found.person]).get(found.person.id, ()),
        following=next(iter(others), None),
    )
    return (page, 422) if form.errors else page


@attendees.post("/met/<person>/took-place")
def took_place(person: str) -> Answer:
    """Keep with one press that a meeting took place, and ask the rest; or that it did not."""
    found, said = _find(person), request.form.get("took_place")
    if found is None or said not in (YES, NO):
        abort(400)
    registrations.hold(session(), event().id, me().id, found.person.id)
    remember_meetings.say(session(), event(), me(), found.person, said == YES, _now())
    if said == YES:
        flash(f"You met {found.person.name}. That is saved", "success")
        return redirect(url_for("attendees.met_person", person=person))
    flash(f"You did not meet {found.person.name}. That is kept for you alone", "success")
    return redirect(url_for("attendees.day"))


@attendees.get("/met/<person>/contact.vcf")
def met_card(person: str) -> Response | Answer:
    """Give a card for one person the reader met, with what they gave the reader."""
    if (found := _find(person)) is None:
        return redirect(url_for("attendees.day"))
    return _vcard([found], "contact.vcf")


def to_say(now: datetime, meetings: Sequence[Meeting] | None = None) -> list[Met]:
    """Return whom the reader met by now and has said nothing of yet; their meetings are read where not given."""
    return [one for one in remember_meetings.met(session(), event(), me(), now, meetings) if one.said is None]


def _ways() -> dict[str, str]:
    """Return what the reader can give, in words; an email address only if there is one."""
    email = {"email": f"My email address, {me().email}"} if me().email else {}
    return email | {"phone": "My telephone number", "link": "My link"}


def _what_is_given(name: str, met: Met | None) -> str:
    """Say that all is saved, and what of it the other gets and when."""
    saved = f"Your answers about {name} are saved. "
    if met is None or met.said is None or not met.said.shares:
        return f"{saved}You give {name} nothing to reach you by"
    given = f"{saved}You give {name}: {sentence_list([GIVES[way] for way in met.said.shares])}"
    return given if met.in_touch else f"{given}. They get it once they choose to give you something, too"


def _now() -> datetime:
    return datetime.now(UTC)


def _find(person: str) -> Met | None:
    """Return whom an address names; None before they met, and no page at all for whom the reader never meets."""
    found = remember_meetings.find(session(), event(), me(), person, _now())
    if found is None and not remember_meetings.will_meet(session(), event(), me(), person):
        say_gone(
            "There is no meeting with this person in your plan any more",
            url_for("attendees.met"),
            "People I met",
        )
    return found


def _stored(found: Met) -> dict[str, object]:
    said = found.said
    words = {None: "", True: YES, False: NO}
    return {
        "took_place": words[said.took_place] if said else "",
        "knew_before": words[said.knew_before] if said else "",
        "useful": said.useful.value if said and said.useful else "",
        "next_step": said.next_step if said else "",
        "shares": list(said.shares) if said else [],
        "phone": me().phone,
        "link": me().link,
    }


def _kept(form: MetForm, found: Met) -> bool:
    shares = frozenset(form.shares.data or ())
    try:
        keep_in_touch.put_details(session(), me(), form.phone.data or "", form.link.data or "", shares)
    except Refused as refused:
        show(form, refused.problems)
        return False
    said = EncounterAnswers(
        took_place=_yes_or_no(form.took_place.data),
        knew_before=_yes_or_no(form.knew_before.data),
        useful=next((kind for kind in Useful if kind.value == form.useful.data), None),
        next_step=form.next_step.data or "",
        shares=shares,
    )
    remember_meetings.keep(session(), event(), me(), found.person, said, _now())
    again = remember_meetings.find(session(), event(), me(), found.person.public_id, _now())
    links = _address_of(found.person), _address_of(me())
    if again is not None and keep_in_touch.tell_both(session(), event(), me(), again, links):
        deliver_mail()
    return True


def _yes_or_no(said: str | None) -> bool | None:
    return {YES: True, NO: False}.get(said or "")


def _address_of(person: Person) -> str:
    base: str = current_app.config["SETTINGS"].public_url
    return base + url_for("attendees.met_person", person=person.public_id)


def _when(found: Met) -> str:
    if found.round is None:
        return "You both wanted to meet"
    return f"{clock(found.round.starts_at, event().zone)}, table {found.table}"


def _row(found: Met, thanks: tuple[tuple[Dataset, str], ...]) -> MetRow:
    said = found.said
    return MetRow(
        found.person,
        _when(found),
        found.reasons,
        said.took_place if said else None,
        found.answered,
        said.next_step if said else "",
        keep_in_touch.given(found),
        thanks,
    )


def _to_thank(people: list[Person]) -> dict[int, tuple[tuple[Dataset, str], ...]]:
    """Return by person what everybody may see that they did, a dataset once, a few at most: two queries."""
    found: dict[int, dict[int, tuple[Dataset, str]]] = {one.id: {} for one in people if one.show_name}
    for row in contributions.of_people(session(), list(found)) if found else ():
        if row.state_for_others in SHOWN and len(found[row.person_id]) < MOST_THANKS:
            found[row.person_id].setdefault(row.dataset_id, (row.dataset, row.role))
    return {person_id: tuple(deeds.values()) for person_id, deeds in found.items()}


def _vcard(found: list[Met], name: str) -> Response:
    where = f"Met at {event().name}"
    made = cards([keep_in_touch.acquaintance(one, where) for one in found])
    answer = Response(made, mimetype="text/vcard")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
