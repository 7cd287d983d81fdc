"""Tables: add a range, change one, remove some and see first whom it concerns."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms.validators import NumberRange, Optional

from matchmaker.documents.counts import plural
from matchmaker.services.event import set_up_event
from matchmaker.services.refused import Refused
from matchmaker.store.event import hall
from matchmaker.store.event.events import TopicsFrom
from matchmaker.store.people.comers import count_planned
from matchmaker.web.access import event
from matchmaker.web.event_time import ends_with_the_day
from matchmaker.web.fields import Between, CheckboxField, SubmitField, WholeNumberField, needed
from matchmaker.web.form import EditForm, PageForm, done
from matchmaker.web.gone import say_gone
from matchmaker.web.organisers import organisers
from matchmaker.web.organisers.event.moved import asks_before_it_moves
from matchmaker.web.organisers.event.rounds import concerns_others
from matchmaker.web.paging import A_PAGE, page_asked, page_links, pages_of
from matchmaker.web.transaction import session
from matchmaker.web.whole_numbers import whole

Page = str | Response | tuple[str, int]
_NUMBER = Between(1, 9999)
_SEATS = NumberRange(2, 50, "A table has 2 to 50 seats")
_STEP_FREE = "For people who use a wheelchair or cannot manage steps"
_QUIET = "Away from the noise, for people who need to hear well"
_MAY_CHANGE = ("seats", "step_free", "quiet", "for_topics")
_FOR_TOPICS = "Several people talk about a table topic there, and nobody meets in twos"


class AddTablesForm(PageForm):
    """A range of tables that are alike."""

    first = WholeNumberField(
        "First table number", validators=[needed("Enter the first table’s number"), _NUMBER]
    )
    last = WholeNumberField(
        "Last table number", validators=[needed("Enter the last table’s number"), _NUMBER]
    )
    seats = WholeNumberField(
        "Seats at each table", validators=[needed("Enter how many seats each has"), _SEATS]
    )
    step_free = CheckboxField("These tables are step-free", description=_STEP_FREE)
    quiet = CheckboxField("These tables are quiet", description=_QUIET)
    for_topics = CheckboxField("These tables are for topics", description=_FOR_TOPICS)
    submit = SubmitField("Add tables")


class TableForm(EditForm):
    """What may change about one table, and about those after it."""

    seats = WholeNumberField("Seats", validators=[needed("Enter how many seats it has"), _SEATS])
    step_free = CheckboxField("It is step-free", description=_STEP_FREE)
    quiet = CheckboxField("It is quiet", description=_QUIET)
    for_topics = CheckboxField("It is for topics", description=_FOR_TOPICS)
    until = WholeNumberField(
        "Make the tables up to this number like it",
        description="Leave empty to change this table alone.",
        validators=[Optional(), _NUMBER],
    )
    submit = SubmitField("Save")


@organisers.route("/tables", methods=["GET", "POST"])
@ends_with_the_day
def tables() -> Page:
    """List the tables, and add more."""
    next_number = hall.last_table(session(), event().id) + 1
    form = AddTablesForm(data={"first": next_number, "seats": 2})
    if not _has_topics():
        del form.for_topics
    if form.validate_on_submit():
        try:
            added = set_up_event.add_tables(
                session(),
                event(),
                form.first.data or 0,
                form.last.data or 0,
                form.seats.data or 0,
                step_free=form.step_free.data,
                quiet=form.quiet.data,
                for_topics="for_topics" in form and form.for_topics.data,
            )
        except Refused as refused:
            form.first.errors = [str(refused)]
        else:
            flash(f"{plural(added, 'table')} added", "success")
            return redirect(url_for("organisers.tables"))
    people = count_planned(session(), event().id)
    count = hall.count_tables(session(), event().id)
    pages = pages_of(count.number + count.for_topics)
    page = min(page_asked(), pages)
    shown = render_template(
        "organisers/event/tables.html",
        event=event(),
        form=form,
        places=set_up_event.places(people, len(event().rounds), count.number),
        tables=hall.some_tables(session(), event().id, A_PAGE, (page - 1) * A_PAGE),
        page_links=page_links("organisers.tables", {}, page, pages, "tables"),
    )
    return shown, 422 if form.errors else 200


@organisers.route("/tables/<int(max=99999):table>", methods=["GET", "POST"])
@ends_with_the_day
@asks_before_it_moves
def table(table: int) -> Page:
    """Change one table, and as many after it as are to be like it."""
    one = hall.table_numbered(session(), event().id, table)
    if one is None:
        say_gone(
            f"There is no table {table} any more: somebody has removed it",
            url_for("organisers.tables"),
            "See the tables as they are now",
        )
    form = TableForm(lambda: {name: getattr(one, name) for name in _MAY_CHANGE}, of=(one,))
    if not (_has_topics() or one.for_topics):
        del form.for_topics
    if form.validate_on_submit():
        alike = [other for other in event().tables if table < other.number <= (form.until.data or 0)]
        set_up_event.change_tables(
            session(),
            [one, *alike],
            form.seats.data or 0,
            step_free=form.step_free.data,
            quiet=form.quiet.data,
            for_topics="for_topics" in form and form.for_topics.data,
        )
        done(form, f"Tables {table} to {alike[-1].number} are saved" if alike else f"Table {table} is saved")
        return redirect(url_for("organisers.tables"))
    return render_template("organisers/event/table.html", form=form, table=one), 422 if form.errors else 200


@organisers.route("/tables/remove", methods=["GET", "POST"])
@ends_with_the_day
def remove_tables() -> Page:
    """Say whom removing some tables concerns; then remove them."""
    first, last = (request.values.get(name, type=whole) or 0 for name in ("first", "last"))
    numbers = hall.numbers_between(session(), event().id, first, last)
    form, refused = PageForm(), ""
    people = set_up_event.affected_by_tables(session(), event(), numbers)
    if form.validate_on_submit() and not (refused := concerns_others(people.count)):
        try:
            gone = set_up_event.remove_tables(session(), event(), numbers)
        except Refused as words:
            refused = str(words)
        else:
            flash(f"{plural(gone, 'table')} removed", "success")
            return redirect(url_for("organisers.tables"))
    if not numbers:
        flash("No table has such a number. Enter the numbers of tables in the list", "important")
        return redirect(url_for("organisers.tables"))
    page = render_template(
        "organisers/event/remove_from_hall.html",
        form=form,
        what=f"table {first}" if first == last else f"tables {first} to {last}",
        people=people,
        back=url_for("organisers.tables"),
        refused=refused,
    )
    return page, 422 if refused else 200


def _has_topics() -> bool:
    return event().topics_from is not TopicsFrom.NOBODY
