"""Stopping letters from a letter: with one press on a page, or by the mail program itself (RFC 8058)."""

from flask import abort, current_app, flash, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from matchmaker.services.people import stop_letters
from matchmaker.store.people.people import Person
from matchmaker.web.public import public
from matchmaker.web.transaction import session


@public.get("/letters/<mail>/<proof>")
def letters(mail: str, proof: str) -> str:
    """Say which letters the reader of a letter gets, with a button that stops those that can be done without."""
    person = _find(mail, proof)
    g.no_referrer = True
    return render_template("public/letters.html", few=person.few_letters, mail=mail, proof=proof)


@public.post("/letters/<mail>/<proof>")
def choose_letters(mail: str, proof: str) -> Response:
    """Stop letters that can be done without, or send them again; asked by a page or by a mail program."""
    person = _find(mail, proof)
    stop_letters.choose(session(), person, request.form.get("letters") != "all")
    if request.form.get("List-Unsubscribe") == "One-Click":
        return Response(status=204)
    flash("That is kept", "success")
    return redirect(url_for("public.letters", mail=mail, proof=proof))


def _find(mail: str, proof: str) -> Person:
    secret: str = current_app.config["SETTINGS"].secret_key
    found = stop_letters.reader_of(session(), secret, mail, proof)
    if found is None:
        abort(404)
    return found
