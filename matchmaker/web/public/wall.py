"""The wall of thanks: the screen in the hall, for whoever holds its address until an organiser takes it away."""

from flask import abort, g, render_template, request, url_for

from matchmaker.services.credits import kept_labels, show_labels
from matchmaker.services.credits.show_labels import Hung
from matchmaker.store.event import events
from matchmaker.web.public import public
from matchmaker.web.transaction import session
from matchmaker.web.whole_numbers import whole

BESIDE = 3
"""How many thanks hang small beside the large one."""


@public.get("/wall/<wall>")
def wall(wall: str) -> str:
    """Show one thanks large and some small: the newest first, then one after the other, round and round."""
    event = events.by_wall_key(session(), wall)
    if event is None:
        abort(404)
    # The address lets anybody look: it must not travel to other sites.
    g.no_referrer = True
    ids = kept_labels.hung(session(), event.id)
    of = len(ids)
    at = request.args.get("at", 0, type=whole) % of if of else 0
    hung = show_labels.on_screen(session(), [ids[(at + step) % of] for step in range(min(BESIDE + 1, of))])
    return render_template(
        "public/wall.html",
        event=event,
        wall=wall,
        large=hung[0] if hung else None,
        small=hung[1:],
        size=_size(hung[0]) if hung else "",
        number=at + 1,
        of=of,
        before=url_for("public.wall", wall=wall, at=(at - 1) % of) if of > 1 else "",
        after=url_for("public.wall", wall=wall, at=(at + 1) % of) if of > 1 else "",
    )


def _size(one: Hung) -> str:
    """Return how large the words can be, so that the longest still fit the screen."""
    length = len(one.quotation.sentence) + len(one.title) // 2
    return "short" if length < 160 else "middle" if length < 320 else "long"
