"""The board of missing labels: how far the event is, and whose data still has no name."""

from flask import render_template, request

from matchmaker.services.credits import kept_labels
from matchmaker.services.credits.kept_labels import Wanting
from matchmaker.web.people import people
from matchmaker.web.transaction import session
from matchmaker.web.whole_numbers import whole

PUBLISHERS_A_PAGE = 20


@people.get("/datasets/without-a-name")
def missing_labels() -> str:
    """Show how many datasets have a name and, by publisher, those without, the most wanted first."""
    publishers = kept_labels.publishers(session())
    gaps = _most_wanted_first(publishers)
    pages = max(1, -(-len(gaps) // PUBLISHERS_A_PAGE))
    page = min(max(1, request.args.get("page", 1, type=whole)), pages)
    shown = gaps[(page - 1) * PUBLISHERS_A_PAGE : page * PUBLISHERS_A_PAGE]
    unnamed = kept_labels.unnamed(session(), shown)
    return render_template(
        "people/credits/missing_labels.html",
        total=kept_labels.in_all(session(), [one.gap for one in publishers]),
        groups=[
            {
                "gap": one.gap,
                "missing": one.gap.datasets - one.gap.named,
                "unnamed": unnamed[one.id],
                "more": one.gap.datasets - one.gap.named - sum(each.datasets for each in unnamed[one.id]),
            }
            for one in shown
        ],
        page=page,
        pages=pages,
    )


def _most_wanted_first(publishers: list[Wanting]) -> list[Wanting]:
    """Return the publishers of unnamed datasets: by how many people want one, then by how many there are."""
    lacking = [one for one in publishers if one.gap.named < one.gap.datasets]
    return sorted(lacking, key=lambda one: (-one.wanted, one.gap.named - one.gap.datasets))
