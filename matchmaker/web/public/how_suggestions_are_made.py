"""How suggestions are made."""

from flask import current_app, render_template

from matchmaker.web.public import public


@public.get("/how-suggestions-are-made")
def how_suggestions_are_made() -> str:
    """Explain in general how suggestions are made, and what is never told."""
    from matchmaker.matching.meaning import problem  # noqa: PLC0415 - heavy, for this page alone

    refusal = problem(current_app.config["SETTINGS"].model_folder)
    return render_template("public/how_suggestions_are_made.html", compares_meanings=not refusal)
