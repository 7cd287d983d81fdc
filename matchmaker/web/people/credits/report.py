"""Reporting a thanks or a credit that is wrong, to the organisers, who alone learn who did."""

from datetime import UTC, datetime

from flask import current_app, flash, redirect, render_template, request, url_for
from werkzeug.exceptions import TooManyRequests
from werkzeug.wrappers import Response

from matchmaker.recognition.label import unread
from matchmaker.recognition.states import LIVE, ContributionState, EndorsementState
from matchmaker.recognition.withheld import without_names
from matchmaker.services.credits import build_labels, moderate_credits
from matchmaker.services.credits.build_labels import named, role_in_words
from matchmaker.services.credits.moderate_credits import Subject
from matchmaker.services.rate_limits import TooMany
from matchmaker.services.refused import Refused
from matchmaker.store.catalogue import datasets
from matchmaker.store.catalogue.datasets import Dataset
from matchmaker.store.credits import contributions, endorsements, unclaimed
from matchmaker.store.credits.contributions import SHOWN
from matchmaker.store.credits.moderation import REASON_LONGEST
from matchmaker.store.people.people import Person
from matchmaker.web.account import me
from matchmaker.web.fields import LongTextField, RadioField, SelectChoice, SubmitField, needed
from matchmaker.web.form import PageForm
from matchmaker.web.people import people
from matchmaker.web.people.catalogue.dataset import find_dataset
from matchmaker.web.people.form_errors import show
from matchmaker.web.transaction import keep_even_if_refused, session


class ReportForm(PageForm):
    """What is wrong, and why."""

    what = RadioField("What is wrong?", validators=[needed("Select what is wrong")])
    reason = LongTextField(
        "What is wrong with it?",
        description="Organisers read this, and see that it was you. Nobody else does.",
        render_kw={"params": {"maxlength": REASON_LONGEST, "rows": 4}},
    )
    submit = SubmitField("Report it")


@people.route("/datasets/<dataset>/report", methods=["GET", "POST"])
def report(dataset: str) -> str | Response | tuple[str, int]:
    """Report a credit or a thanks of this dataset that the reader can see."""
    found = find_dataset(dataset)
    visible = _visible(found, me())
    form = ReportForm(what=request.args.get("what", ""))
    form.what.choices = [SelectChoice(key, words) for key, (words, _subject) in visible.items()]
    meant, _ = visible.get(request.args.get("what", ""), ("", None))
    if form.validate_on_submit():
        keep_even_if_refused()
        subject, secret_key = visible[form.what.data][1], current_app.config["SETTINGS"].secret_key
        try:
            moderate_credits.report(
                session(), secret_key, me(), subject, form.reason.data or "", datetime.now(UTC)
            )
        except TooMany:
            raise TooManyRequests from None
        except Refused as refused:
            show(form, refused.problems)
        else:
            flash("Thank you. An organiser looks at it. Nobody else learns that you reported it", "success")
            return redirect(url_for("people.dataset", dataset=found.public_id))
    page = render_template(
        "people/credits/report.html", form=form, dataset=found, anything=bool(visible), meant=meant
    )
    return page, 422 if form.errors else 200


def _visible(dataset: Dataset, reader: Person) -> dict[str, tuple[str, Subject]]:
    """Return what of this dataset the reader can see, with words to choose it by: credits, names, then thanks."""
    ids = [dataset.id, *datasets.series_of(session(), [dataset.id]).values()]
    found: dict[str, tuple[str, Subject]] = {}
    on_label = set()
    rows = contributions.of_datasets(session(), ids)
    thanked = endorsements.for_datasets(session(), ids)
    everywhere = build_labels.not_to_be_named(session()).among(build_labels.words((), thanked))
    withheld = (*unread(map(build_labels.credit, rows)), *everywhere)
    for row in rows:
        if row.state_for_others in SHOWN:
            found[f"credit-{row.public_id}"] = (f"{named(row.person).shown}: {_role(row)}", row)
        if row.state_for_others is ContributionState.ACCEPTED:
            on_label.add(row.id)
    for other in unclaimed.shown(session(), ids):
        found[f"named-{other.public_id}"] = (f"{other.name}: {_role(other)}", other)
    for given in thanked:
        own = reader.id in (given.giver_id, given.receiver_id) and given.state in LIVE
        accepted = given.state is EndorsementState.ACCEPTED and build_labels.thanks(given).visible
        if own or (accepted and given.contribution_id in on_label):
            said = without_names(given.sentence, withheld, [given.contribution.person.name])
            words = f"Thanks to {named(given.contribution.person).shown}: “{said}”"
            found[f"thanks-{given.public_id}"] = (words, given)
    return found


def _role(row: contributions.Contribution | unclaimed.UnclaimedCredit) -> str:
    return role_in_words(row.role, row.role_text)
