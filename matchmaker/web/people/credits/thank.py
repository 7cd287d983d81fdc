"""Thanking somebody for what they did for a dataset: a sentence, for what, how one knows; a look at it; sending."""

from datetime import UTC, datetime
from typing import Any

from flask import current_app, redirect, render_template, request, url_for
from werkzeug.exceptions import TooManyRequests
from werkzeug.wrappers import Response

from matchmaker.recognition.roles import ROLES
from matchmaker.recognition.rules import (
    EVIDENCE_LONGEST,
    RELATIONS,
    ROLE_TEXT_LONGEST,
    SENTENCE_LONGEST,
    SENTENCE_SHORTEST,
    tidy,
)
from matchmaker.recognition.states import LIVE
from matchmaker.services import sight
from matchmaker.services.credits import build_labels, endorse_colleagues
from matchmaker.services.credits.endorse_colleagues import Wish, WishFound
from matchmaker.services.rate_limits import TooMany
from matchmaker.services.refused import Refused
from matchmaker.store.catalogue.datasets import Dataset
from matchmaker.store.credits import contributions, endorsements
from matchmaker.store.credits.contributions import SHOWN
from matchmaker.store.credits.endorsements import Endorsement
from matchmaker.store.people import people as store
from matchmaker.store.people.people import Person
from matchmaker.web.account import me
from matchmaker.web.fields import LongTextField, RadioField, SelectChoice, TextField
from matchmaker.web.form import EditForm, done
from matchmaker.web.gone import say_gone
from matchmaker.web.lost_forms import sent
from matchmaker.web.no_mail import told_by_mail
from matchmaker.web.people import people
from matchmaker.web.people.catalogue.dataset import find_dataset
from matchmaker.web.people.credits.contributions import ROLE_RADIOS
from matchmaker.web.people.form_errors import show
from matchmaker.web.transaction import deliver_mail, keep_even_if_refused, once, session

Page = str | Response | tuple[str, int]

EVIDENCE_LABEL = "Link to something that shows it (optional)"
EVIDENCE_HINT = "For example a report, a map or a page that uses the data"


class ThankForm(EditForm):
    """A thanks. What may be in it is for the rules of recognition to say; the counter only counts."""

    sentence = LongTextField(
        "What did it make possible?",
        description=f"In a sentence of at least {SENTENCE_SHORTEST} characters, in your own words",
        render_kw={"params": {"maxlength": SENTENCE_LONGEST, "rows": 4}},
    )
    role = RadioField("What did they do?", choices=ROLE_RADIOS, validate_choice=False)
    role_text = TextField("Say what", description=f"At most {ROLE_TEXT_LONGEST} characters")
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

    def wish(self, role: str = "", role_text: str = "") -> Wish:
        """Return what was typed; `role` and its text where the form does not ask for them."""
        asked = "role" in self
        return Wish(
            role=(self.role.data or "") if asked else role,
            sentence=self.sentence.data or "",
            relation=self.relation.data or "",
            role_text=(self.role_text.data or "") if asked else role_text,
            evidence_url=self.evidence_url.data or "",
        )


@people.route("/datasets/<dataset>/thank/<person>", methods=["GET", "POST"])
def thank(dataset: str, person: str) -> Page:
    """Thank a person for what they did for a dataset; thanking them again for the same changes the first."""
    found, receiver = find_dataset(dataset), _find_person(person)
    known = _known(found, receiver)

    @once
    def before() -> WishFound:
        return _given_before(found, receiver, known)

    form = ThankForm(lambda: _words(before().before), of=(me(),), **known)
    wish = form.wish()
    if request.method != "POST":
        refusals = endorse_colleagues.refusals(session(), me(), receiver, wish, before())
        stopped = [one.message for one in refusals if not one.field]
        again = bool(_words(before().before)["sentence"])
        return _page(form, found, receiver, stopped=stopped, again=again)
    if form.validate_on_submit() and _goes_on(form, _refusals(found, receiver, wish)):
        if request.form.get("step") != "send":
            return _preview(form, found, receiver, wish)
        count_try()
        try:
            endorse_colleagues.endorse(
                session(), me(), receiver, found, wish, _answer_url(), datetime.now(UTC)
            )
        except Refused as refused:
            show(form, refused.problems)
        else:
            return _on_its_way(form, receiver)
    return _page(form, found, receiver)


@people.route("/thanks/<endorsement>/edit", methods=["GET", "POST"])
def edit_thanks(endorsement: str) -> Page:
    """Change the words of a thanks one gave."""
    given = _given(endorsement)
    contribution = given.contribution
    found, receiver = contribution.dataset, contribution.person
    form = ThankForm(lambda: _words(given), of=(me(), given))
    del form.role, form.role_text
    if request.method != "POST":
        return _page(form, found, receiver, given=given)
    wish = form.wish(contribution.role, contribution.role_text)
    if form.validate_on_submit() and _goes_on(
        form, endorse_colleagues.edit_refusals(session(), given, me(), wish)
    ):
        if request.form.get("step") != "send":
            return _preview(form, found, receiver, wish)
        count_try()
        endorse_colleagues.edit(session(), given, me(), wish, _answer_url(), datetime.now(UTC))
        return _on_its_way(form, receiver)
    return _page(form, found, receiver, given=given)


def count_try() -> None:
    """Count that the reader sends thanks, whatever comes of it; past the rate the answer is "too many requests"."""
    keep_even_if_refused()
    try:
        endorse_colleagues.count_try(
            session(), current_app.config["SETTINGS"].secret_key, me(), datetime.now(UTC)
        )
    except TooMany:
        raise TooManyRequests from None


def _goes_on(form: ThankForm, problems: tuple[Any, ...]) -> bool:
    """Put the problems on the form; say whether to go on to the preview or to send, rather than ask again."""
    if request.form.get("step") == "change":
        return False
    show(form, problems)
    return not problems


def _find_person(public_id: str) -> Person:
    """Return the person to thank; one whom the reader may not see is not there."""
    person = store.by_public_id(session(), public_id)
    if person is None or not sight.may_see(session(), me(), person):
        say_gone(
            "There is nobody here whom you can see. People leave, and choose who sees them",
            url_for("people.thanks"),
            "Thanks",
        )
    return person


def _given(public_id: str) -> Endorsement:
    """Return a live thanks that the reader gave; any other is not there."""
    row = endorsements.by_public_id(session(), public_id)
    if row is None or row.giver_id != me().id or row.state not in LIVE:
        say_gone(
            "This thanks is not here to change any more",
            url_for("people.thanks"),
            "Thanks",
        )
    return row


def _known(dataset: Dataset, receiver: Person) -> dict[str, str]:
    """Return the role that the link names, or else the first that others may see the receiver had, with its text.

    A role in words of its own is named by the credit that has it, so that the words stand in no address.
    """
    if request.args.get("role"):
        return {"role": request.args["role"], "role_text": ""}
    rows = contributions.of_person(session(), receiver.id) if receiver.show_name else []
    seen = [row for row in rows if row.dataset_id == dataset.id and row.state_for_others in SHOWN]
    asked = request.args.get("credit", "")
    seen.sort(key=lambda row: row.public_id != asked)
    return next(({"role": row.role, "role_text": row.role_text} for row in seen), {})


def _given_before(dataset: Dataset, receiver: Person, known: dict[str, str]) -> WishFound:
    """Return what the reader finds given already for the role that is chosen, or that is known."""
    chosen = sent() or known
    wish = Wish(chosen.get("role", ""), "", "", chosen.get("role_text", ""))
    return endorse_colleagues.look_up(session(), me(), receiver, dataset, wish)


def _words(given: Endorsement | None) -> dict[str, Any]:
    return {name: getattr(given, name, "") for name in ("sentence", "relation", "evidence_url")}


def _refusals(dataset: Dataset, receiver: Person, wish: Wish) -> tuple[Any, ...]:
    found = endorse_colleagues.look_up(session(), me(), receiver, dataset, wish)
    return endorse_colleagues.refusals(session(), me(), receiver, wish, found)


def _answer_url() -> str:
    address: str = current_app.config["SETTINGS"].public_url
    return address + url_for("people.thanks")


def _on_its_way(form: ThankForm, receiver: Person) -> Response:
    deliver_mail()
    words = f"Your thanks is with {receiver.name}, who decides whether others see it"
    done(form, told_by_mail(words, "tell them that it is here"))
    return redirect(url_for("people.thanks"))


def _page(
    form: ThankForm,
    dataset: Dataset,
    receiver: Person,
    *,
    given: Endorsement | None = None,
    stopped: list[str] | None = None,
    again: bool = False,
) -> Page:
    page = render_template(
        "people/credits/thank.html",
        form=form,
        dataset=dataset,
        receiver=receiver,
        giver=me(),
        giver_shown=build_labels.named(me()).shown,
        stopped=stopped or [],
        again=again,
        known=_known_in_words(form),
        role=build_labels.role_in_words(given.role, given.contribution.role_text) if given else "",
    )
    return page, 422 if form.errors else 200


def _known_in_words(form: ThankForm) -> str:
    """Return the role that stands on the form, in words; "" if it has to be asked for in the open."""
    if "role" not in form or form.role.data not in ROLES or form.role.errors or form.role_text.errors:
        return ""
    return build_labels.role_in_words(form.role.data, (form.role_text.data or "").strip())


def _preview(form: ThankForm, dataset: Dataset, receiver: Person, wish: Wish) -> Page:
    """Show the tag as it will hang, with what was typed kept in the page."""
    quotation = {
        "sentence": tidy(wish.sentence),
        "giver": build_labels.named(me()).shown,
        "giver_organisation": me().organisation,
        "receiver": receiver.name,
    }
    return render_template(
        "people/credits/thank_preview.html",
        form=form,
        dataset=dataset,
        receiver=receiver,
        quotation=quotation,
        role=build_labels.role_in_words(wish.role, wish.role_text),
        relation=RELATIONS[wish.relation],
        evidence=wish.evidence_url.strip(),
    )
