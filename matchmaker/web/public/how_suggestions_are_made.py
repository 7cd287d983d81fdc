"""How suggestions are made."""

from flask import render_template

from matchmaker.web.public import public


@public.get("/how-suggestions-are-made")
def how_suggestions_are_made() -> str:
    """Explain in general how suggestions are made, and what is never told."""
    from matchmaker.matching.meaning import problem  # noqa: PLC0415 - loads OpenVINO, for this page alone

    return render_template("public/how_suggestions_are_made.html", compares_meanings=not problem())
