"""What people need in the hall and what they eat, before and after there is a plan: for the organisers alone."""

from flask import render_template

from matchmaker.services.people import sum_up_needs
from matchmaker.services.plans.hall import planned_for
from matchmaker.store.people import comers, guest_list
from matchmaker.web.access import event
from matchmaker.web.organisers import organisers
from matchmaker.web.transaction import session


@organisers.get("/people/needs")
def needs() -> str:
    """List what everybody needs who has not said no, and count what those eat who come."""
    everybody = comers.comers(session(), event().id)
    in_words = {one.person_id: said for one in everybody if (said := sum_up_needs.needs_of(one))}
    eaten = sum_up_needs.diets(planned_for(everybody, unanswered=False))
    return render_template(
        "organisers/people/needs.html",
        needing=[
            (one, in_words[one.person_id])
            for one in guest_list.of_people(session(), event().id, in_words.keys())
        ],
        diets=eaten,
    )
