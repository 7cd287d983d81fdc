"""The event in figures: datasets, roles, publishers, organisations, what came of meetings; never people."""

from flask import render_template

from matchmaker.documents.counts import plural
from matchmaker.recognition.roles import OTHER, ROLES
from matchmaker.services.credits import kept_labels
from matchmaker.store.credits import outcomes
from matchmaker.store.credits.outcomes import SolvedAnswer
from matchmaker.store.people import encounters
from matchmaker.store.people.encounters import Useful
from matchmaker.web.access import event
from matchmaker.web.organisers import organisers
from matchmaker.web.transaction import session

LEAST = 5


@organisers.get("/labels/figures")
def figures() -> str:
    """Show on one page what the event gave back: datasets with a name, by role and organisation.

    Those of publishers are of all events together, as their datasets are.
    """
    found, publishers = kept_labels.figures(session(), event().id), kept_labels.gaps(session())
    given = kept_labels.thanks(session(), event().id)
    roles: dict[str, int] = found["roles"]
    return render_template(
        "organisers/credits/figures.html",
        event=event(),
        here=kept_labels.here(session(), event().id),
        total=kept_labels.in_all(session(), publishers),
        thanks=given["thanks"],
        thanked=given["thanked"],
        roles=[
            ("Something else" if role.id == OTHER else role.label, roles[role.id])
            for role in ROLES.values()
            if role.id in roles
        ],
        places=sorted(found["places"], key=lambda one: one[0].casefold()),
        publishers=[one for one in publishers if one.named],
        said=_said(),
    )


def _said() -> list[str]:
    """Return in sentences what people said of their meetings; nothing of fewer than `LEAST`, who could be known."""
    told, solved = encounters.told(session(), event().id), outcomes.count(session(), event().id)
    said = []
    if told.asked >= LEAST:
        asked = plural(told.asked, "time", "times")
        said.append(
            f"{told.took_place} of the {asked} that somebody said whether a meeting took place, it did"
        )
    rated = sum(told.useful.values())
    if rated >= LEAST:
        very, somewhat = told.useful[Useful.VERY], told.useful[Useful.SOMEWHAT]
        said.append(
            f"of {rated} meetings that somebody rated, {plural(very, 'was', 'were')} very useful "
            f"and {somewhat} somewhat"
        )
    if (answered := solved.get(SolvedAnswer.YES, 0) + solved.get(SolvedAnswer.NO, 0)) >= LEAST:
        yes = solved.get(SolvedAnswer.YES, 0)
        said.append(f"{yes} of {answered} that people were stuck on {'is' if yes == 1 else 'are'} solved")
    return [f"{one[0].upper()}{one[1:]}." for one in said]
