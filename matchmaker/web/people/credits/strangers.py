"""Naming somebody for a dataset who is not on the list, or a team whose makers have left."""

from datetime import UTC, datetime

from flask import current_app, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms.validators import Email, Optional

from matchmaker.intake.whole_names import as_said
from matchmaker.recognition.rules import NAME_LONGEST, ROLE_TEXT_LONGEST, Claim, Stranger
from matchmaker.services.credits import name_strangers
from matchmaker.services.credits.name_strangers import Post
from matchmaker.services.refused import Refused
from matchmaker.web.account import me
from matchmaker.web.fields import EmailField, Length, RadioField, SelectChoice, SubmitField, TextField, needed
from matchmaker.web.form import PageForm
from matchmaker.web.no_mail import no_mail
from matchmaker.web.people import people
from matchmaker.web.people.catalogue.dataset import find_dataset
from matchmaker.web.people.credits.contributions import ROLE_RADIOS
from matchmaker.web.people.form_errors import show
from matchmaker.web.transaction import deliver_mail, session

PERSON, TEAM = "person", "team"
ASKED_BY_WORD = (
    "Only if you know that they would be glad to be asked. No email leaves this computer: an organiser asks them "
    "with a slip or by word of mouth."
)


class StrangerForm(PageForm):
    """Who it was, and what they did."""

    kind = RadioField(
        "Who was it?",
        choices=[
            SelectChoice(PERSON, "One person"),
            SelectChoice(
                TEAM,
                "A team",
                render_kw={"hint": "Where those who made it have left and nobody can be asked any more."},
            ),
        ],
        validators=[needed("Select whether it was a person or a team")],
    )
    name = TextField(
        "Name",
        description="Of the person, or of the team",
        validators=[needed("Enter the name"), Length(max=NAME_LONGEST)],
    )
    organisation = TextField(
        "Organisation", validators=[needed("Enter the organisation"), Length(max=NAME_LONGEST)]
    )
    email = EmailField(
        "Email address (optional)",
        description="Only if you know that they would be glad to be asked. An organiser writes to them, at most "
        "twice, and says that you named them.",
        validators=[
            Optional(),
            Email("Enter an email address in the right form, like name@example.gov.uk, or none"),
            Length(max=254),
        ],
    )
    role = RadioField("What did they do?", choices=ROLE_RADIOS, validators=[needed("Select what they did")])
    role_text = TextField(
        "Say what",
        description=f"At most {ROLE_TEXT_LONGEST} characters",
        validators=[Length(max=ROLE_TEXT_LONGEST)],
    )
    submit = SubmitField("Tell the organisers")

    def who(self) -> Stranger:
        """Return who was named."""
        name, is_team = self.name.data or "", self.kind.data == TEAM
        return Stranger(
            name if is_team else as_said(name),
            self.organisation.data or "",
            self.email.data or "",
            is_team=is_team,
        )


@people.route("/datasets/<dataset>/name/new", methods=["GET", "POST"])
def name_stranger(dataset: str) -> str | Response | tuple[str, int]:
    """Name somebody who is not on the list, or a team; nobody sees it before they or an organiser agree."""
    found = find_dataset(dataset)
    form = StrangerForm(role=request.args.get("role", ""), kind=PERSON)
    if no_mail():
        form.email.description = ASKED_BY_WORD
    if form.validate_on_submit():
        settings = current_app.config["SETTINGS"]
        outbox = Post(settings.secret_key, settings.public_url + url_for("people.thanks"))
        said = Claim(form.role.data or "", form.role_text.data or "")
        try:
            name_strangers.name_stranger(session(), me(), found, said, form.who(), outbox, datetime.now(UTC))
        except Refused as refused:
            show(form, refused.problems)
        else:
            deliver_mail()
            flash(
                "Thank you. The organisers see to it that they are asked. Until somebody has agreed, nobody else "
                "sees the name",
                "success",
            )
            return redirect(url_for("people.dataset", dataset=found.public_id))
    return render_template(
        "people/credits/name_stranger.html", form=form, dataset=found
    ), 422 if form.errors else 200
