"""The board of missing labels: how far the event is, and whose data still has no name."""

from collections import defaultdict

from flask import render_template, request

from matchmaker.store.credits import label_names
from matchmaker.store.credits.label_names import Gap, Unnamed
from matchmaker.web.people import people
from matchmaker.web.transaction import session

PUBLISHERS_A_PAGE = 20
DATASETS_EACH = 5


@people.get("/datasets/without-a-name")
def missing_labels() -> str:
    """Show how many datasets have a name and, by publisher, those without, the most wanted first."""
    gaps = _most_wanted_first()
    pages = max(1, -(-len(gaps) // PUBLISHERS_A_PAGE))
    page = min(max(1, request.args.get("page", 1, type=int)), pages)
    shown = gaps[(page - 1) * PUBLISHERS_A_PAGE : page * PUBLISHERS_A_PAGE]
    unnamed: dict[int | str | None, list[Unnamed]] = defaultdict(list)
    for one in label_names.missing(session(), [_number(gap) for gap in shown], DATASETS_EACH):
        unnamed[one.publisher_id].append(one)
    return render_template(
        "people/credits/missing_labels.html",
        total=label_names.in_all(session()),
        groups=[
            {
                "gap": gap,
                "missing": gap.datasets - gap.named,
                "unnamed": unnamed[gap.id],
                "more": gap.datasets - gap.named - sum(one.datasets for one in unnamed[gap.id]),
            }
            for gap in shown
        ],
        page=page,
        pages=pages,
    )


def _most_wanted_first() -> list[Gap]:
    """Return the publishers of unnamed datasets: by how many people want one, then by how many there are."""
    wanted = label_names.wanted_by_publisher(session())
    gaps = [gap for gap in label_names.by_publisher(session()) if gap.named < gap.datasets]
    return sorted(gaps, key=lambda gap: (-wanted.get(_number(gap), 0), gap.named - gap.datasets))


def _number(gap: Gap) -> int | None:
    return gap.id if isinstance(gap.id, int) else None
