"""Lists in pages: which page is asked for, and the links to the others."""

from collections.abc import Mapping
from typing import Any

from flask import request, url_for

from matchmaker.web.whole_numbers import whole

A_PAGE = 50
"""So many entries of a list stand on one page."""

MOST_CHOICES = 100
"""Of more people than this one is not chosen from a list, but searched for first."""

MOST_PAGES = 1_000_000


def page_asked(parameter: str = "page") -> int:
    """Return the number of the page that the address asks for, from 1; a page can hold two lists."""
    return min(max(1, request.args.get(parameter, 1, type=whole)), MOST_PAGES)


def pages_of(count: int, each: int = A_PAGE) -> int:
    """Return how many pages a list of `count` entries has: at least one."""
    return max(1, -(-count // each))


def page_links(
    endpoint: str, arguments: Mapping[str, Any], page: int, pages: int, what: str, parameter: str = "page"
) -> dict[str, object]:
    """Return the parameters of the GOV.UK pagination: first, last and the pages around this one.

    `what` is in the list, for whoever hears the links read out: "people".
    """

    def address(number: int) -> str:
        return url_for(endpoint, **{**arguments, parameter: number if number > 1 else None})

    items: list[dict[str, object]] = []
    shown = sorted({1, page - 1, page, page + 1, pages} & set(range(1, pages + 1)))
    for before, number in zip([0, *shown], shown, strict=False):
        if number - before > 1:
            items.append({"ellipsis": True})
        items.append({"number": number, "href": address(number), "current": number == page})
    links: dict[str, object] = {"items": items, "landmarkLabel": f"Pages of {what}"}
    if page > 1:
        links["previous"] = {"href": address(page - 1)}
    if page < pages:
        links["next"] = {"href": address(page + 1)}
    return links
