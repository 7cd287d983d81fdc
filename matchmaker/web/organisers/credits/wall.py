"""The screen in the hall: its address, who is on it, and taking it away."""

from flask import abort, current_app, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from matchmaker.services.credits import kept_labels, public_labels
from matchmaker.store.credits import audiences
from matchmaker.store.event import events
from matchmaker.web.access import event
from matchmaker.web.organisers import organisers
from matchmaker.web.transaction import session


@organisers.get("/labels/wall")
def wall() -> str:
    """Show the address of the hall's screen, and how many thanks may be on it."""
    key = event().wall_key
    path = url_for("public.wall", wall=key) if key else ""
    return render_template(
        "organisers/credits/wall.html",
        event=event(),
        path=path,
        address=current_app.config["SETTINGS"].public_url + path if path else "",
        hung=len(kept_labels.hung(session(), event().id)),
        thanks=kept_labels.thanks(session(), event().id)["thanks"],
        agreed=audiences.count_on_screen(session(), event().id),
    )


@organisers.post("/labels/wall")
def change_wall() -> Response:
    """Give the hall's screen an address, another one, or none."""
    wanted = request.form.get("wall")
    events.lock(session(), event().id)
    session().refresh(event())
    if request.form.get("was") not in (None, event().wall_key or ""):
        flash(
            "Another organiser has changed the address of the screen. Nothing is changed: look again",
            "important",
        )
        return redirect(url_for("organisers.wall"))
    if wanted == "open":
        public_labels.open_screen(session(), event())
        flash("The screen has an address. Open it on the laptop in the hall", "success")
    elif wanted == "close":
        public_labels.close_screen(session(), event())
        flash("The screen’s address shows nothing any more", "success")
    else:
        abort(400)
    return redirect(url_for("organisers.wall"))
