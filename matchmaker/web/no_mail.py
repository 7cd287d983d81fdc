"""What pages say of letters where no mail server is set: that none leaves this computer, and what to do instead."""

from flask import current_app

from matchmaker.documents.counts import plural


def no_mail() -> bool:
    """Whether letters reach nobody, as no mail server is set; the demo shows them on a page of its own."""
    settings = current_app.config["SETTINGS"]
    return bool(settings.posts_nothing and not settings.demo)


def on_the_way(count: int, one: str, many: str, instead: str) -> str:
    """Say that so many letters are on the way, or that none leaves and what to do `instead`; no full stop.

    `one` and `many` name the letters, such as "email" and "emails".
    """
    if no_mail():
        return _none_leaves(instead)
    return f"{plural(count, f'{one} is', f'{many} are')} on the way"


def told_by_mail(words: str, instead: str) -> str:
    """Return words about what others get mail of; where none leaves, a second sentence says so, and what to do."""
    if not no_mail():
        return words
    said = _none_leaves(instead)
    return f"{words}. {said[:1].upper()}{said[1:]}"


def _none_leaves(instead: str) -> str:
    return f"no email leaves this computer, as no mail server is set: {instead}"
