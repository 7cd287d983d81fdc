"""Thanking several people at once for one dataset: one sentence for all, a look at it, then all or nobody."""

from datetime import UTC, datetime

from flask import abort, current_app, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from matchmaker.recognition.rules import EVIDENCE_LONGEST, RELATIONS, SENTENCE_LONGEST, SENTENCE_SHORTEST
from matchmaker.services import sight
from matchmaker.services.credits import build_labels, several_thanks
from matchmaker.services.credits.endorse_colleagues import Wish
from matchmaker.services.credits.several_thanks import Addressee
from matchmaker.services.refused import Refused
from matchmaker.store.catalogue.datasets import Dataset
from matchmaker.store.credits.contributions import SHOWN, Contribution
from matchmaker.web.account import me
from matchmaker.web.fields import CheckboxesField, LongTextField, RadioField, SelectChoice, TextField
from matchmaker.web.form import PageForm
from matchmaker.web.no_mail import told_by_mail
from matchmaker.web.people import people
from matchmaker.web.people.catalogue.dataset import find_dataset
from matchmaker.web.people.credits.thank import EVIDENCE_HINT, EVIDENCE_LABEL, count_try
from matchmaker.web.people.form_errors import show
from matchmaker.web.transaction import deliver_mail, session

MOST = 10


class SeveralForm(PageForm):
    """Whom to thank together, and for what. What may be in it is for the rules of recognition to say."""

    sentence = LongTextField(
        "What did they make possible?",
        description=f"In a sentence of at least {SENTENCE_SHORTEST} characters. Each of them gets it",
        render_kw={"params": {"maxlength": SENTENCE_LONGEST, "rows": 4}},
    )
    whom = CheckboxesField("Whom do you thank?")
    relation = RadioField(
        "How do you know?",
        choices=[SelectChoice(value, words) for value, words in RELATIONS.items()],
        validate_choice=False,
    )
    evidence_url = TextField(
        EVIDENCE_LABEL,
        description=EVIDENCE_HINT,
        render_kw={"params": {"inputmode": "url", "spellcheck": False, "maxlength": EVIDENCE_LONGEST}},
    )

    def wish(self) -> Wish:
        """Return the thanks as the rules want to see it; roles come with the people."""
        return Wish("", self.sentence.data or "", self.relation.data or "", "", self.evidence_url.data or "")


@people.route("/datasets/<dataset>/thank", methods=["GET", "POST"])
def thank_several(dataset: str) -> str | Response | tuple[str, int]:
    """Thank several people for one dataset with one sentence: each decides alone, and all are thanked or nobody."""
    found = find_dataset(dataset)
    rows = _to_thank(found)
    form = SeveralForm()
    form.whom.choices = [
        SelectChoice(key, f"{row.person.name}: {build_labels.role_in_words(row.role, row.role_text)}")
        for key, row in rows.items()
    ]
    chosen = [rows[key] for key in form.whom.data or [] if key in rows]
    if form.validate_on_submit() and request.form.get("step") != "change":
        if not 2 <= len(chosen) <= MOST:
            form.whom.errors = [f"Select 2 to {MOST} people and roles"]
        elif (answer := _go_on(form, found, chosen)) is not None:
            return answer
    page = render_template(
        "people/credits/thank_several.html", form=form, dataset=found, anybody=len(rows) > 1
    )
    return page, 422 if form.errors else 200


def _go_on(form: SeveralForm, dataset: Dataset, chosen: list[Contribution]) -> str | Response | None:
    """Show the look at it, or send; None with the problems on the form."""
    whom = [Addressee(row.person, row.role, row.role_text) for row in chosen]
    wish = form.wish()
    if request.form.get("step") != "send":
        problems = several_thanks.several_refusals(session(), me(), whom, dataset, wish)
        if not problems:
            return render_template(
                "people/credits/thank_several_preview.html",
                form=form,
                dataset=dataset,
                whom=[
                    (row.person.name, build_labels.role_in_words(row.role, row.role_text)) for row in chosen
                ],
                relation=RELATIONS[wish.relation],
            )
        show(form, problems)
        return None
    count_try()
    link = current_app.config["SETTINGS"].public_url + url_for("people.thanks")
    try:
        several_thanks.endorse_several(session(), me(), whom, dataset, wish, link, datetime.now(UTC))
    except Refused as refused:
        show(form, refused.problems)
        return None
    deliver_mail()
    words = f"Your thanks is with {len(whom)} people, who each decide whether others see it"
    flash(told_by_mail(words, "tell them that it is here"), "success")
    return redirect(url_for("people.thanks"))


def _to_thank(dataset: Dataset) -> dict[str, Contribution]:
    """Return the credits of this dataset that the reader may give thanks for, by name."""
    if dataset.merged_into_id is not None:
        abort(404)
    shown = [
        row
        for row in build_labels.of_dataset(session(), dataset.id).rows
        if row.state_for_others in SHOWN
        and row.person.show_name
        and row.person_id != me().id
        and row.dataset_id == dataset.id
    ]
    seen = sight.in_sight(session(), me(), {row.person_id for row in shown})
    ordered = sorted(shown, key=lambda row: (row.person.name.casefold(), row.id))
    return {row.public_id: row for row in ordered if row.person_id in seen}
