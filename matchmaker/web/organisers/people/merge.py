"""Merging two entries of one person: choose the other, see what would move, then say yes."""

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms.fields import HiddenField

from matchmaker.services.people import merge_people
from matchmaker.services.refused import Refused
from matchmaker.services.suggestions.refresh_lists import ask_for
from matchmaker.store.people import merged_rows as entries
from matchmaker.store.people import registrations
from matchmaker.store.people.people import Person
from matchmaker.web.access import event
from matchmaker.web.account import me
from matchmaker.web.fields import RadioField, SelectChoice, SelectField, SubmitField, needed
from matchmaker.web.form import PageForm
from matchmaker.web.gone import say_gone
from matchmaker.web.organisers import organisers
from matchmaker.web.organisers.people.person import find
from matchmaker.web.paging import A_PAGE, MOST_CHOICES
from matchmaker.web.transaction import session, start

Page = str | Response | tuple[str, int]


class ChooseForm(PageForm):
    """The other entry, and which of the two stays. It only asks, so it is sent by GET."""

    class Meta:
        """Without a token: the answer stands in the address."""

        csrf = False

    other = SelectField("The other entry", validators=[needed("Choose the other entry")])
    keep = RadioField("Which entry stays?", validators=[needed("Choose which entry stays")])
    submit = SubmitField("See what would move")


class MergeForm(PageForm):
    """The yes to a merge."""

    other = HiddenField()
    keep = HiddenField()


@organisers.route("/people/<registration>/merge", methods=["GET", "POST"])
def merge_person(registration: str) -> Page:
    """Choose the other entry and see what would move; or, by POST, merge."""
    one = find(registration)
    if request.method == "POST":
        return _merge(one.person, _others(one.person, [request.form.get("other", "")]))
    # An entry that is there twice mostly has the same name.
    query = request.args.get("find", one.person.name)
    many = entries.more_known_at(session(), event().id, MOST_CHOICES)
    others = _others(one.person, [request.args.get("other", "")], query if many else None)
    form = ChooseForm(formdata=request.args if "other" in request.args else None, keep="this")
    form.other.choices = [
        SelectChoice("", "Choose an entry"),
        *(_choice(person) for person in others.values()),
    ]
    form.keep.choices = [
        SelectChoice("this", f"This one: {_words(one.person)}"),
        SelectChoice("other", "The other one"),
    ]
    if "other" in request.args and form.validate():
        other = others[form.other.data]
        keep, gone = (one.person, other) if form.keep.data == "this" else (other, one.person)
        try:
            merge_people.check(session(), keep, gone, me())
        except Refused as refused:
            form.other.errors = [str(refused)]
        else:
            return render_template(
                "organisers/people/confirm_merge.html",
                one=one,
                seen=merge_people.preview(session(), event(), keep, gone),
                form=MergeForm(formdata=None, other=other.public_id, keep=form.keep.data),
            )
    page = render_template("organisers/people/merge.html", one=one, form=form, search=many, query=query)
    return page, 422 if form.errors else 200


def _others(this: Person, named: list[str], query: str | None = "") -> dict[str, Person]:
    """Return the entries to choose from, by public id: those named, and those with the words, or all for None."""
    found = entries.known_at(session(), event().id, named, query, A_PAGE)
    return {person.public_id: person for person in found if person.id != this.id}


def _merge(this: Person, others: dict[str, Person]) -> Response:
    form = MergeForm()
    other = others.get(form.other.data or "")
    if other is None:
        say_gone(
            "The other entry is not on the list any more: somebody has removed it or merged it",
            url_for("organisers.people", show="all"),
            "People",
        )
    if not form.validate() or form.keep.data not in ("this", "other"):
        abort(404)
    keep, gone = (this, other) if form.keep.data == "this" else (other, this)
    name = gone.name
    try:
        merge_people.merge(session(), keep, gone, me())
    except Refused as refused:
        flash(str(refused), "important")
        return redirect(url_for("organisers.people"))
    start(ask_for(session(), event().id, [keep.id], me().id))
    flash(f"The entry {name} is now part of {keep.name}", "success")
    kept = registrations.of_person(session(), event().id, keep.id)
    if kept is None:
        return redirect(url_for("organisers.people"))
    return redirect(url_for("organisers.person", registration=kept.public_id))


def _choice(person: Person) -> SelectChoice:
    return SelectChoice(person.public_id, _words(person))


def _words(person: Person) -> str:
    """Return what tells two entries of one name apart: organisation and address."""
    return ", ".join(filter(None, (person.name, person.organisation, person.email)))
