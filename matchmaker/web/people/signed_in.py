"""Where somebody is signed in, and how to sign out of one browser or of all of them."""

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from matchmaker.store.people import sign_ins
from matchmaker.web import account
from matchmaker.web.account import me
from matchmaker.web.people import people
from matchmaker.web.transaction import session


@people.get("/signed-in")
def signed_in() -> str:
    """List the browsers one is signed in with."""
    return render_template("people/signed_in.html", **account.where_signed_in())


@people.post("/signed-in/<sign_in>/end")
def end_sign_in(sign_in: str) -> Response:
    """Sign out one browser of one's own; nothing happens where it has ended already."""
    if sign_in == account.current_sign_in().public_id:
        account.sign_out()
        flash("You have signed out", "success")
        return redirect(url_for("public.home"))
    sign_ins.end(session(), me().id, sign_in)
    flash("That browser is signed out", "success")
    return redirect(url_for("people.signed_in"))


@people.post("/signed-in/end-all")
def sign_out_everywhere() -> Response:
    """Sign out every browser of one's own, this one too."""
    sign_ins.end_all(session(), [me().id])
    account.sign_out()
    flash("You have signed out everywhere", "success")
    return redirect(url_for("public.home"))
