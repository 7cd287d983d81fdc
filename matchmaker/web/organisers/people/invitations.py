"""Invitations: choose whom and how, see how many that is, and only then send, print or download."""

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from flask import abort, current_app, flash, redirect, render_template, request, send_file, url_for
from flask import session as cookie
from werkzeug.wrappers import Response
from wtforms.fields import HiddenField

from matchmaker.documents.counts import plural
from matchmaker.documents.people import codes
from matchmaker.documents.people.codes import PrintedCode
from matchmaker.services.people import ask_next_time, hand_over_codes, invite_people
from matchmaker.services.people.invite_people import MAILED, WHO, Addresses, Batch, InvitationWay, Invitees
from matchmaker.services.suggestions.refresh_lists import ask_for
from matchmaker.store import files, mail
from matchmaker.store.event import events
from matchmaker.store.files import File
from matchmaker.store.people import guest_list
from matchmaker.store.people.list_parts import ListParts, count_parts
from matchmaker.web.access import event
from matchmaker.web.account import me
from matchmaker.web.event_time import ends_with_the_event
from matchmaker.web.file_names import named
from matchmaker.web.form import PageForm
from matchmaker.web.no_mail import no_mail, on_the_way
from matchmaker.web.organisers import organisers
from matchmaker.web.organisers.people.as_shown import as_shown
from matchmaker.web.paging import A_PAGE
from matchmaker.web.public.sign_in import desk
from matchmaker.web.transaction import deliver_mail, session, start

AUDIENCES: dict[Invitees, str] = {
    Invitees.NOT_INVITED: "Everybody who has not been invited yet",
    Invitees.NO_ANSWER: "Everybody who was invited and has not answered",
    Invitees.NO_ADDRESS: "Everybody without an email address",
    Invitees.EVERYBODY: "Everybody on the list",
}
INVITED = ListParts({who.value: rule for who, rule in WHO.items()})
"""Audience → who is in it, to be counted."""
WAYS: dict[InvitationWay, tuple[str, str]] = {
    InvitationWay.MAIL: ("Send an email", "From this website, to everybody with an address."),
    InvitationWay.PRINT: (
        "Print personal codes",
        "Ten strips to a sheet. Whoever has a code can sign in without email.",
    ),
    InvitationWay.FILE: (
        "Download a file for a mail merge",
        "With a personal code each, for your own mailer or letters.",
    ),
}

PDF = "application/pdf"
FILES: dict[InvitationWay, tuple[str, str]] = {
    InvitationWay.PRINT: ("personal-codes.pdf", PDF),
    InvitationWay.FILE: ("personal-codes.csv", "text/csv"),
}
"""Name and kind of the file that a way of inviting gives."""
LETTERS = {"invitation": "Invitation", "plan": "Letter about their meetings"}
ANOTHER_LETTER = "Letter from this website"
"""What organisers read of a letter that they did not send themselves: who thanks, names or writes to whom, and who
asks to meet whom, is between these two until they have said yes."""
_NEW_CODES = "new_codes"
"""What of this browser's session says which file of codes was made in it, and opens that."""


class ConfirmForm(PageForm):
    """The yes to an invitation of so many people."""

    who = HiddenField()
    how = HiddenField()
    count = HiddenField()
    whom = HiddenField()


@organisers.get("/invitations")
def invitations() -> str:
    """Say who has not been invited, offer the ways, and name the letters that could not be sent."""
    refused = mail.refused(session(), event().id, A_PAGE)
    concerned = guest_list.of_people(
        session(), event().id, [one.person_id for one in refused if one.person_id]
    )
    by_person = {one.person_id: one for one in concerned}
    counts = count_parts(session(), event().id, INVITED)
    audiences = [(who.value, words, counts[who.value]) for who, words in AUDIENCES.items()]
    return render_template(
        "organisers/people/invitations.html",
        event=event(),
        audiences=audiences,
        first=next((who for who, _words, count in audiences if count), ""),
        ways=_ways(),
        refused=[
            (letter, LETTERS.get(letter.kind, ANOTHER_LETTER), by_person.get(letter.person_id or 0))
            for letter in refused
        ],
        asked=ask_next_time.waiting(session(), me(), event()),
        refused_more=mail.count_refused(session(), event().id) - len(refused),
    )


@organisers.get("/invitations/confirm")
def confirm_invitations() -> str | Response:
    """Say how many people it is and what it does, before anything is done."""
    who, how = _chosen(request.args)
    if how is InvitationWay.MAIL and who not in MAILED:
        flash(
            "Only people who have not answered can be invited by email. Choose one of the first two",
            "important",
        )
        return redirect(url_for("organisers.invitations"))
    return _confirm(who, how, invite_people.batch(session(), event(), who, how, me()))


@organisers.post("/invitations")
@ends_with_the_event
def invite() -> str | Response | tuple[str, int]:
    """Send letters or make codes, if the people are still those whom the page named, and as they were then."""
    form = ConfirmForm()
    if not form.validate():
        abort(400)
    who, how = _chosen(request.form)
    # Two who press at once must not write to everybody twice, nor end each other's codes.
    events.lock(session(), event().id)
    batch = invite_people.batch(session(), event(), who, how, me())
    if form.count.data != str(batch.reached.people) or form.whom.data not in ("", None, _whom(batch)):
        flash(
            "The list has changed since you opened the page. Nothing has been done. Look again", "important"
        )
        return _confirm(who, how, batch), 422
    if not batch.reached.people:
        return redirect(url_for("organisers.invitations"))
    return _send(batch) if how is InvitationWay.MAIL else _hand_over(how, batch)


@organisers.post("/invitations/again")
def send_letters_again() -> Response:
    """Try the letters that were refused again, to the addresses people have now."""
    tried = invite_people.send_again(session(), event(), me(), datetime.now(UTC))
    deliver_mail()
    again = "give them personal codes instead"
    if no_mail():
        flash(f"Nothing was sent: {on_the_way(tried, 'letter', 'letters', again)}", "important")
    else:
        flash(f"{on_the_way(tried, 'letter', 'letters', again)} again", "success")
    return redirect(url_for("organisers.invitations"))


@organisers.post("/invitations/asked")
@ends_with_the_event
def put_asked_on_list() -> Response:
    """Put on the list whoever could not come to an earlier event and would like to be asked the next time."""
    added = ask_next_time.put_on_list(session(), me(), event())
    if added:
        start(ask_for(session(), event().id, [one.person_id for one in added], me().id))
        flash(
            f"{plural(len(added), 'person is', 'people are')} on the list. Nobody is invited yet", "success"
        )
    return redirect(url_for("organisers.invitations"))


def _ways() -> list[tuple[str, str, str]]:
    """Return the ways of inviting, each with its words; where no letter leaves, one of them only notes it, last."""
    ways = [(how.value, *words) for how, words in WAYS.items()]
    if not no_mail():
        return ways
    noted = (InvitationWay.MAIL.value, "Note them as invited", "For whoever hears of it from you.")
    return [*ways[1:], noted]


def _chosen(values: Any) -> tuple[Invitees, InvitationWay]:
    try:
        who = Invitees(values.get("who") or Invitees.NOT_INVITED)
        return who, InvitationWay(values.get("how") or InvitationWay.MAIL)
    except ValueError:
        abort(400)


def _confirm(who: Invitees, how: InvitationWay, batch: Batch) -> str:
    form = ConfirmForm(
        formdata=None, who=who.value, how=how.value, count=str(batch.reached.people), whom=_whom(batch)
    )
    return render_template(
        "organisers/people/confirm_invitations.html", form=form, how=how.value, batch=batch
    )


def _whom(batch: Batch) -> str:
    return as_shown(batch.reached.signs, batch.earlier_codes)


def addresses_in_letters() -> Addresses:
    """Return where the links in an invitation to this event lead."""
    public_url = current_app.config["SETTINGS"].public_url
    home = url_for("attendees.home", event=event().public_id)
    held = url_for("attendees.choices", event=event().public_id, _anchor="held")
    return Addresses(
        public_url + url_for("public.sign_in", next=home),
        public_url + url_for("public.sign_in", next=held),
        current_app.config["SETTINGS"].secret_key,
    )


def _send(batch: Batch) -> Response:
    rows = guest_list.everybody(session(), event().id, batch.whom)
    sent = invite_people.by_mail(session(), event(), rows, addresses_in_letters(), datetime.now(UTC))
    deliver_mail()
    told = on_the_way(sent, "invitation", "invitations", "make personal codes and hand them out instead")
    flash(
        f"{plural(sent, 'person is', 'people are')} noted as invited, but {told}" if no_mail() else told,
        "success",
    )
    return redirect(url_for("organisers.people", show="no-answer"))


def _hand_over(how: InvitationWay, batch: Batch) -> Response:
    """Make the codes, and lead to the page that hands their file to this browser and to no other.

    The file is laid out when it is downloaded: nobody can write meanwhile, on SQLite, until this request is over.
    """
    at = datetime.now(UTC)
    made = invite_people.with_codes(session(), desk(), event(), batch, at)
    name, media_type = FILES[how]
    cookie[_NEW_CODES] = hand_over_codes.keep(
        session(), event().id, name, media_type, made, current_app.config["SETTINGS"].secret_key, at
    )
    return redirect(url_for("organisers.codes_ready"))


@organisers.get("/invitations/codes")
def codes_ready() -> str | Response:
    """Lead to the file of the codes that were made just now in this browser."""
    file, made = _codes()
    if file is None or not made:
        return _codes_gone()
    return render_template("organisers/people/codes_ready.html", event=event(), file=file)


@organisers.get("/invitations/codes/file")
def codes_file() -> Response:
    """Give the file of the codes that were made just now in this browser."""
    file, made = _codes()
    if file is None or not made:
        return _codes_gone()
    address = current_app.config["SETTINGS"].public_url + url_for("public.sign_in_personal")
    sheet = invite_people.code_sheet(event(), address, file.made_at)
    lay_out = codes.codes_pdf if file.media_type == PDF else codes.mail_merge_csv
    return send_file(
        BytesIO(lay_out(made, sheet)),
        mimetype=file.media_type,
        as_attachment=True,
        download_name=named(event(), file.name),
    )


def _codes() -> tuple[File | None, list[PrintedCode]]:
    """Return the file that this browser may open, and the codes it is made of."""
    public_id, key = cookie.get(_NEW_CODES, ("", ""))
    file = files.by_public_id(session(), event().id, public_id)
    secret_key = current_app.config["SETTINGS"].secret_key
    return file, hand_over_codes.opened(file, key, secret_key, datetime.now(UTC))


def _codes_gone() -> Response:
    flash(
        "These codes can no longer be downloaded. If the file is lost, make the codes again: that ends the "
        "ones before",
        "important",
    )
    return redirect(url_for("organisers.invitations"))
