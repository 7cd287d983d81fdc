"""What somebody sent after their session had ended: to look at, to send again, or to throw away."""

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from matchmaker.documents.people.field_words import name_in_words
from matchmaker.web import lost_forms
from matchmaker.web.people import people


@people.get("/unsent", endpoint="unsent")
def show_unsent() -> str:
    """Show everything the reader sent from this browser that could not be saved, for an hour."""
    return render_template(
        "people/unsent.html",
        name_in_words=name_in_words,
        forms=[
            {
                "address": address,
                "pairs": pairs,
                "page": lost_forms.has_page(address),
                "files": lost_forms.unkept_files(pairs),
            }
            for address, pairs in lost_forms.unsent().items()
        ],
    )


@people.post("/unsent/forget")
def forget_unsent() -> Response:
    """Throw away one form that could not be saved."""
    lost_forms.forget(request.form.get("address", ""))
    flash("It is thrown away", "success")
    return redirect(url_for("people.unsent"))
