"""Paper forms: print one, find whose it is, type what it says, and go on to the next."""

from datetime import UTC, datetime

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from matchmaker.services.attendee_lists import enter_answers
from matchmaker.services.people import sound_alike
from matchmaker.services.refused import Refused
from matchmaker.services.suggestions.refresh_lists import ask_for
from matchmaker.store.people import guest_list, shown_people
from matchmaker.web.access import event
from matchmaker.web.account import me
from matchmaker.web.fields import CheckboxField, LongTextField, SubmitField, TextField
from matchmaker.web.file_names import named
from matchmaker.web.form import PageForm
from matchmaker.web.organisers import organisers
from matchmaker.web.organisers.people.person import find
from matchmaker.web.paging import A_PAGE
from matchmaker.web.paper import pdf_answer
from matchmaker.web.transaction import session, start

Page = str | Response | tuple[str, int]
_LIST = "Put semicolons or line breaks between several."


class PaperForm(PageForm):
    """What a paper form asks, in the order in which it is typed."""

    bio = LongTextField("What they do")
    topics = TextField("Topics", description="Put semicolons between several.")
    datasets_made = LongTextField("Datasets they make or look after", description=_LIST)
    datasets = LongTextField("Datasets they use", description=_LIST)
    datasets_wanted = LongTextField("Datasets they want", description=_LIST)
    datasets_stuck = LongTextField("Datasets they are stuck on", description=_LIST)
    offers = TextField("What they can help with")
    needs = TextField("What they need help with")
    arrives = TextField("Arrives at", description="For example 9.30 or 2pm. Leave it empty for the start.")
    leaves = TextField("Leaves at", description="Leave it empty for the end.")
    step_free = CheckboxField("Needs a step-free table")
    quiet = CheckboxField("Needs a quiet table")
    access_needs = TextField("What else they need in the hall")
    diet = TextField("What they eat, and allergies")
    trio = CheckboxField("Agrees to a meeting of three")
    submit = SubmitField("Keep, and go to the next form")


@organisers.get("/people/paper")
def find_for_paper() -> Page:
    """Find whose paper form it is; one name that fits leads straight to the form."""
    query = request.args.get("q", "").strip()
    wanted = [guest_list.coming(), *guest_list.named(query)]
    found = shown_people.search(session(), event().id, query, wanted, A_PAGE) if query else []
    if len(found) == 1:
        return redirect(url_for("organisers.enter_paper", registration=found[0].public_id))
    return render_template(
        "organisers/people/find_for_paper.html",
        event=event(),
        query=query,
        found=found,
        alike=[] if found or not query else sound_alike.alike(session(), event().id, query),
    )


@organisers.get("/people/paper/form.pdf")
def print_paper() -> Response:
    """Give the form to print, for people without a computer."""
    made = enter_answers.to_print(event(), datetime.now(UTC))
    return pdf_answer(made.pdf(), named(event(), "form.pdf"))


@organisers.route("/people/<registration>/paper", methods=["GET", "POST"])
def enter_paper(registration: str) -> Page:
    """Type what somebody wrote on paper; what they saved themselves stays."""
    one, form = find(registration), PaperForm()
    if form.validate_on_submit():
        try:
            done = enter_answers.enter(session(), event(), one, _said(form))
        except Refused as refused:
            form.bio.errors = [str(refused)]
        else:
            start(ask_for(session(), event().id, [one.person_id], me().id))
            kept = (
                f"{one.person.name}: {', '.join(done.kept)}"
                if done.kept
                else f"{one.person.name}: nothing new"
            )
            flash(kept, "success")
            for note in done.notes:
                flash(f"{one.person.name}: {note}", "important")
            return redirect(url_for("organisers.find_for_paper"))
    page = render_template("organisers/people/enter_paper.html", form=form, one=one)
    return page, 422 if form.errors else 200


def _said(form: PaperForm) -> dict[str, str]:
    """Return what was typed, a tick as the word that a list would have."""
    said = {name: form[name].data for name in enter_answers.FIELDS}
    return {
        name: ("yes" if text else "") if isinstance(text, bool) else text or "" for name, text in said.items()
    }
