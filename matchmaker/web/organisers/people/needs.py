"""What people need in the hall and what they eat, before and after there is a plan: for the organisers alone."""

from dataclasses import replace

from flask import render_template

from matchmaker.documents.people.names import surname_key
from matchmaker.services.people import sum_up_needs
from matchmaker.services.plans.hall import planned_for
from matchmaker.store.people import comers, guest_list
from matchmaker.store.plans import plans
from matchmaker.web.access import event
from matchmaker.web.organisers import organisers
from matchmaker.web.paging import A_PAGE, page_asked, page_links, pages_of
from matchmaker.web.transaction import session


@organisers.get("/people/needs")
def needs() -> str:
    """List what everybody needs who has not said no, by surname, fifty a page, and count what those eat who come."""
    asking = sorted(comers.with_needs(session(), event().id), key=lambda one: surname_key(one.name))
    in_words = {one.person_id: said for one in asking if (said := sum_up_needs.needs_of(one))}
    pages = pages_of(len(in_words))
    page = min(page_asked(), pages)
    shown = list(in_words)[(page - 1) * A_PAGE : page * A_PAGE]
    rows = {one.person_id: one for one in guest_list.of_people(session(), event().id, shown)}
    eaten = sum_up_needs.diets(planned_for(asking, unanswered=False))
    return render_template(
        "organisers/people/needs.html",
        needing=[(rows[one], in_words[one]) for one in shown if one in rows],
        diets=replace(eaten, people=comers.count_planned(session(), event().id)),
        planned=plans.latest(session(), event().id) is not None,
        page_links=page_links("organisers.needs", {}, page, pages, "people"),
    )
