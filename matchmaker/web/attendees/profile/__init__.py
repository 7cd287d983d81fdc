"""The profile in three short steps, each a page that can be left, opened in any order and resumed on any device.

`steps` says which they are, what each has kept and where each leads; a module beside it holds each step's form.
"""

from matchmaker.web.attendees.profile import about, datasets, help, seen  # noqa: F401 - adds its routes
