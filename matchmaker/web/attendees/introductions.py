"""An introduction: both want to meet. Who, why, a question, when; and one short note from each to the other."""

from datetime import UTC, datetime

from flask import current_app, flash, redirect, render_template, url_for
from werkzeug.exceptions import TooManyRequests
from werkzeug.wrappers import Response

from matchmaker.services.credits import moderate_credits
from matchmaker.services.rate_limits import TooMany
from matchmaker.services.refused import Refused
from matchmaker.services.suggestions import introduce_people
from matchmaker.services.suggestions.introduce_people import Introduction
from matchmaker.store.credits.moderation import REASON_LONGEST
from matchmaker.store.people.people import Person
from matchmaker.store.suggestions.introduction_notes import NOTE_LONGEST
from matchmaker.web.access import event
from matchmaker.web.account import me
from matchmaker.web.attendees import attendees
from matchmaker.web.fields import LongTextField, SubmitField, needed
from matchmaker.web.form import PageForm
from matchmaker.web.gone import say_gone
from matchmaker.web.no_mail import no_mail, told_by_mail
from matchmaker.web.people.form_errors import show
from matchmaker.web.transaction import deliver_mail, keep_even_if_refused, session

Page = str | Response | tuple[str, int]


class NoteForm(PageForm):
    """The one note from each to the other."""

    words = LongTextField(
        "Your note",
        description="A hello, or what you would like to talk about. You can write once, and not change it.",
        render_kw={"params": {"maxlength": NOTE_LONGEST, "rows": 4}},
    )
    send = SubmitField("Send your note")


class ReportNoteForm(PageForm):
    """What is wrong with a note."""

    reason = LongTextField(
        "What is wrong with this note?",
        description="Organisers read this, and see that it was you. Nobody else does.",
        validators=[needed("Say what is wrong with it")],
        render_kw={"params": {"maxlength": REASON_LONGEST, "rows": 3}},
    )
    submit = SubmitField("Report it")


@attendees.get("/introductions/<person>")
def introduction(person: str) -> str:
    """Show somebody whom the reader and who wants to meet the reader: why, when, and the notes of both."""
    return _page(_find(person), NoteForm())


@attendees.post("/introductions/<person>")
def write_note(person: str) -> Page:
    """Send the one note there is from the reader to the other."""
    found, form = _find(person), NoteForm()
    if not form.validate():
        return _page(found, form), 422
    words, link = form.words.data or "", address_of(me())
    try:
        introduce_people.write_note(session(), event(), me(), found, words, link, datetime.now(UTC))
    except Refused as refused:
        form.words.errors = [str(refused)]
        return _page(found, form), 422
    deliver_mail()
    words = f"Your note is {'kept for' if no_mail() else 'sent to'} {found.other.name}"
    flash(told_by_mail(words, "tell them that it is here"), "success")
    return redirect(url_for("attendees.introduction", person=person))


@attendees.route("/introductions/<person>/report", methods=["GET", "POST"])
def report_note(person: str) -> Page:
    """Report the note that the other wrote, to the organisers alone."""
    found, form = _find(person), ReportNoteForm()
    if found.received is None:
        say_gone(
            "There is no note here to report any more",
            url_for("attendees.introduction", person=person),
            "Your introduction",
        )
    if form.validate_on_submit():
        keep_even_if_refused()
        secret_key, reason = current_app.config["SETTINGS"].secret_key, form.reason.data or ""
        try:
            moderate_credits.report(session(), secret_key, me(), found.received, reason, datetime.now(UTC))
        except TooMany:
            raise TooManyRequests from None
        except Refused as refused:
            show(form, refused.problems)
        else:
            flash("Thank you. An organiser looks at it. Nobody else learns that you reported it", "success")
            return redirect(url_for("attendees.introduction", person=person))
    page = render_template("attendees/report_note.html", event=event(), form=form, found=found)
    return page, 422 if form.errors else 200


def address_of(person: Person) -> str:
    """Return the whole address at which somebody else at this event finds their introduction to this person."""
    base: str = current_app.config["SETTINGS"].public_url
    return base + url_for("attendees.introduction", person=person.public_id)


def _find(person: str) -> Introduction:
    found = introduce_people.find(session(), event(), me(), person, datetime.now(UTC))
    if found is None:
        say_gone(
            "There is no introduction here any more. People leave, and change what they said",
            url_for("attendees.suggestions"),
            "Your suggestions",
        )
    return found


def _page(found: Introduction, form: NoteForm) -> str:
    return render_template(
        "attendees/introduction.html", event=event(), found=found, form=form, few_letters=me().few_letters
    )
