"""Letters to publishers: which of their datasets nobody is named for, to print or to send."""

from datetime import UTC, datetime

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms.validators import Email

from matchmaker.documents.credits.publisher_letters import PublisherLetter, letters_pdf, mail
from matchmaker.services.credits import write_publishers
from matchmaker.web.access import event
from matchmaker.web.fields import EmailField, Length, SubmitField, needed
from matchmaker.web.file_names import named
from matchmaker.web.form import PageForm
from matchmaker.web.gone import say_gone
from matchmaker.web.no_mail import no_mail, on_the_way
from matchmaker.web.organisers import organisers
from matchmaker.web.organisers.credits.label_sheets import letters_ready
from matchmaker.web.paper import pdf_answer
from matchmaker.web.transaction import deliver_mail, session


class SendForm(PageForm):
    """Where a letter goes."""

    email = EmailField(
        "Email address of the publisher",
        description="Such as the address on its contact page. Answers come to the event’s contact.",
        validators=[
            needed("Enter the email address of the publisher"),
            Email("Enter an email address in the right form, like name@example.gov.uk"),
            Length(max=254),
        ],
    )
    submit = SubmitField("See its words")


@organisers.get("/letters")
def letters() -> str:
    """List the publishers with datasets that nobody is named for, each with the way to its letter."""
    gaps = write_publishers.gaps(session())
    return render_template(
        "organisers/credits/letters.html",
        event=event(),
        gaps=gaps,
        file=letters_ready() if gaps else None,
    )


@organisers.get("/letters/<int:publisher>/print")
def print_letter(publisher: int) -> Response:
    """Give one publisher's letter as a PDF."""
    return pdf_answer(letters_pdf([_letter(publisher)]), named(event(), "letter.pdf"))


@organisers.route("/letters/<int:publisher>", methods=["GET", "POST"])
def letter(publisher: int) -> str | Response | tuple[str, int]:
    """Ask for an address, show the letter that would go there, and send it if it is confirmed."""
    written, form = _letter(publisher), SendForm()
    ready = mail(written) if form.validate_on_submit() else None
    if ready is not None and request.form.get("confirmed") == "yes":
        write_publishers.send(session(), event(), ready, form.email.data)
        deliver_mail()
        if no_mail():
            flash(
                f"The letter is kept, but {on_the_way(1, 'letter', 'letters', 'print it instead')}",
                "important",
            )
        else:
            flash(f"The letter to {written.publisher} is on its way to {form.email.data}", "success")
        return redirect(url_for("organisers.letters"))
    page = render_template(
        "organisers/credits/letter.html",
        event=event(),
        form=form,
        publisher=publisher,
        letter=written,
        ready=ready,
    )
    return page, 422 if form.errors else 200


def _letter(publisher: int) -> PublisherLetter:
    found = write_publishers.letters(session(), event(), datetime.now(UTC), publisher)
    if not found:
        say_gone(
            "There is no letter to write to this publisher any more: each of its datasets has a name, or it has "
            "become part of another",
            url_for("organisers.letters"),
            "Letters to publishers",
        )
    return found[0]
