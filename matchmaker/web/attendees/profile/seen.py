"""What others see of a profile, from what is kept and not from what is being typed."""

from flask import render_template

from matchmaker.services.event import organisers
from matchmaker.services.people import show_work
from matchmaker.web.access import event, registration
from matchmaker.web.account import me
from matchmaker.web.attendees import attendees
from matchmaker.web.attendees.mentions import named_in_words
from matchmaker.web.attendees.profile import steps
from matchmaker.web.transaction import session


@attendees.get("/profile/seen")
def profile_seen() -> str:
    """Show the reader's profile as people at the event read it, and whom it has found by now."""
    person = me()
    return render_template(
        "attendees/profile/seen.html",
        steps=steps.row(None),
        seen={
            "id": person.public_id,
            "name": person.name,
            "pronouns": person.pronouns,
            "place": ", ".join(filter(None, (person.job_title, person.organisation))),
            "work": show_work.of_registration(session(), registration()),
        },
        mentions=named_in_words(),
        contact=organisers.contact(event()),
        **steps.found(steps.ANY_STEP),
    )
