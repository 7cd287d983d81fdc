"""What people need in the hall and what they eat, before and after there is a plan: for the organisers alone."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from flask import render_template, request

from matchmaker.documents.people.names import surname_key
from matchmaker.services.people import sum_up_needs
from matchmaker.services.plans.hall import planned_for
from matchmaker.store.people import comers, guest_list
from matchmaker.store.people.comers import Comer
from matchmaker.store.people.guest_list import Condition
from matchmaker.store.plans import plans
from matchmaker.web.access import event
from matchmaker.web.organisers import organisers
from matchmaker.web.paging import A_PAGE, page_asked, page_links, pages_of
from matchmaker.web.transaction import session

Entry = TypeVar("Entry")


@organisers.get("/people/needs")
def needs() -> str:
    """List what everybody needs who has not said no, fifty a page or by name, and what those eat who come."""
    query = request.args.get("q", "").strip()
    asking = _by_surname()
    found = _by_surname(*guest_list.named(query)) if query else asking
    in_words = [(one, said) for one in found if (said := sum_up_needs.needs_of(one))]
    needing, need_links = _some(in_words, query, "page", "people who need something")
    named = guest_list.public_ids(session(), event().id, [one.person_id for one, _ in needing])
    eaten = sum_up_needs.diets(planned_for(asking, unanswered=False))
    to_read = sum_up_needs.diets(planned_for(found, unanswered=False)) if query else eaten
    by_name, diet_links = _some(to_read.by_name, query, "diets", "allergies and diets")
    return render_template(
        "organisers/people/needs.html",
        event=event(),
        query=query,
        needing=[(one, named[one.person_id], said) for one, said in needing if one.person_id in named],
        need_links=need_links,
        planned=plans.latest(session(), event().id) is not None,
        anybody=bool(asking),
        diets=replace(eaten, people=comers.count_planned(session(), event().id)),
        by_name=by_name,
        diet_links=diet_links,
    )


def _by_surname(*conditions: Condition) -> list[Comer]:
    """Return who needs anything or has said what they eat, in the order of every other list."""
    return sorted(
        comers.with_needs(session(), event().id, *conditions), key=lambda one: surname_key(one.name)
    )


def _some(
    all_of: Sequence[Entry], query: str, parameter: str, what: str
) -> tuple[Sequence[Entry], dict[str, object]]:
    """Return the entries of the page asked for, and the links to the others."""
    pages = pages_of(len(all_of))
    page = min(page_asked(parameter), pages)
    links = page_links("organisers.needs", {"q": query or None}, page, pages, what, parameter)
    return all_of[(page - 1) * A_PAGE : page * A_PAGE], links
