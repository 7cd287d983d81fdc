"""What was reported, what is hidden, the log of it; and opening a sealed round."""

from dataclasses import dataclass
from datetime import UTC, datetime

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from matchmaker.services.credits import moderate_credits
from matchmaker.services.credits.build_labels import role_in_words
from matchmaker.services.credits.moderate_credits import Case, Subject
from matchmaker.services.refused import Refused
from matchmaker.store.catalogue.datasets import Dataset
from matchmaker.store.credits import endorsements
from matchmaker.store.credits import moderation as store
from matchmaker.store.credits.contributions import Contribution
from matchmaker.store.credits.endorsements import Endorsement
from matchmaker.store.credits.moderation import REASON_LONGEST, ActKind
from matchmaker.store.suggestions.introduction_notes import IntroductionNote
from matchmaker.web.access import event
from matchmaker.web.account import me
from matchmaker.web.gone import say_gone
from matchmaker.web.organisers import organisers
from matchmaker.web.paging import A_PAGE, page_asked, page_links, pages_of
from matchmaker.web.transaction import deliver_mail, session

DID = {
    ActKind.HIDDEN: "hid",
    ActKind.RESTORED: "showed again",
    ActKind.KEPT: "left as it is",
    ActKind.AGREED: "noted a yes for",
    ActKind.TAKEN_OFF: "took off the label",
    ActKind.REMOVED: "removed",
    ActKind.OPENED: "opened the sealed thanks",
}


@dataclass(frozen=True)
class CaseLine:
    """A case in words: what it is, of which dataset if any, what is said, why it was reported."""

    key: str
    what: str
    dataset_id: str
    dataset: str
    sentence: str
    reasons: tuple[str, ...]


@organisers.get("/moderation")
def moderation() -> str:
    """Show what is reported and hidden, fifty of each, and the log of every decision, fifty a page."""
    acts = store.acts(session(), event().id)
    pages = pages_of(len(acts))
    page = min(page_asked(), pages)
    both = moderate_credits.cases(session(), event(), me())
    cases, hidden = _for_others(both), _for_others(moderate_credits.hidden(session(), event(), me()))
    return render_template(
        "organisers/credits/moderation.html",
        event=event(),
        cases=[_line(one) for one in cases[:A_PAGE]],
        more_cases=max(0, len(cases) - A_PAGE),
        of_reader=len(both) - len(cases),
        hidden=[_line(one) for one in hidden[:A_PAGE]],
        more_hidden=max(0, len(hidden) - A_PAGE),
        acts=[(act, DID[act.kind], _kind(act)) for act in acts[(page - 1) * A_PAGE : page * A_PAGE]],
        page_links=page_links("organisers.moderation", {}, page, pages, "decisions"),
        alone=moderate_credits.only_organiser(session(), event()),
        sealed=endorsements.count_sealed(session(), event().id),
        reason_longest=REASON_LONGEST,
    )


@organisers.post("/moderation")
def moderate() -> Response:
    """Hide what was reported, leave it as it is, or show again what is hidden."""
    answers = {"hide": ActKind.HIDDEN, "keep": ActKind.KEPT, "restore": ActKind.RESTORED}
    kind = answers.get(request.form.get("answer", ""))
    subject = _subject(request.form.get("case", ""))
    if kind is None:
        abort(404)
    if subject is None:
        say_gone(
            "This report has been decided since the page was opened, or what it was about is gone",
            url_for("organisers.moderation"),
            "Reports",
        )
    reason = request.form.get("reason", "")
    try:
        news = moderate_credits.decide(session(), event(), me(), subject, kind, reason, datetime.now(UTC))
    except Refused as stopped:
        flash(str(stopped), "important")
    else:
        deliver_mail()
        words = "It is decided and in the log" if news else "Another organiser has decided that already"
        flash(words, "success" if news else "important")
    return redirect(url_for("organisers.moderation"))


@organisers.get("/sealed")
def sealed() -> str:
    """Say what a sealed round is, and whether this event has one."""
    return render_template(
        "organisers/credits/sealed.html",
        event=event(),
        count=endorsements.count_sealed(session(), event().id),
    )


@organisers.post("/sealed")
def seal_or_open() -> Response:
    """Seal thanks from now on, or open all of them for everybody."""
    if request.form.get("answer") == "seal":
        moderate_credits.seal(session(), event())
        flash("Thanks given from now on are sealed", "success")
    elif request.form.get("answer") == "open":
        found = event()
        moderate_credits.open_round(session(), found, me(), datetime.now(UTC))
        flash("The thanks are open. Everybody can read what was accepted", "success")
    else:
        abort(400)
    return redirect(url_for("organisers.sealed"))


def _subject(key: str) -> Subject | None:
    """Return what a case is about, if it is reported or hidden at this event and not the reader's own matter."""
    both = [
        *moderate_credits.cases(session(), event(), me()),
        *moderate_credits.hidden(session(), event(), me()),
    ]
    return next((one.subject for one in _for_others(both) if _key(one.subject) == key), None)


def _for_others(found: list[Case]) -> list[Case]:
    """Return what others wrote, gave, received or stated.

    A note can be reported by its reader alone, so that it is enough to see it here to know who reported it.
    """
    return [one for one in found if not one.involved]


def _key(subject: Subject) -> str:
    return f"{type(subject).__name__}-{subject.public_id}"


def _kind(act: store.ModerationAct) -> str:
    if act.endorsement_id:
        return "a thanks"
    if act.contribution_id:
        return "a credit"
    if act.note_id:
        return "a note"
    return "somebody without an account" if act.unclaimed_id else ""


def _line(case: Case) -> CaseLine:
    subject = case.subject
    dataset: Dataset | None
    match subject:
        case Endorsement():
            giver = subject.giver.name if subject.giver else "Somebody who has left"
            what = f"Thanks of {giver} to {subject.contribution.person.name}"
            dataset, sentence = subject.contribution.dataset, subject.sentence
        case Contribution():
            what = f"{subject.person.name}: {role_in_words(subject.role, subject.role_text)}"
            dataset, sentence = subject.dataset, subject.note
        case IntroductionNote():
            what, sentence = f"Note of {subject.writer.name} to {subject.reader.name}", subject.words
            dataset = None
        case _:
            what = f"{subject.name}: {role_in_words(subject.role, subject.role_text)}"
            dataset, sentence = subject.dataset, ""
    reasons = tuple(f"{one.reporter.name}: {one.reason}" for one in case.reports)
    address, title = (dataset.public_id, dataset.title) if dataset else ("", "")
    return CaseLine(_key(subject), what, address, title, sentence, reasons)
