"""Pages for anyone: the first page, signing in, and what an information-assurance officer asks for."""

from flask import Blueprint

public = Blueprint("public", __name__)

from matchmaker.web.public import (  # noqa: E402, F401 - adds its routes
    accessibility,
    ask_for_place,
    board,
    calendar,
    claim,
    demo,
    home,
    how_suggestions_are_made,
    labels,
    letters,
    privacy,
    sign_in,
    wall,
)
