"""A count with its noun, as pages, letters and paper write it."""


def plural(count: int, one: str, many: str | None = None) -> str:
    """Write a count with its noun; `many` is needed only where an s is not enough.

    >>> plural(1, "person", "people"), plural(1200, "person", "people"), plural(0, "dataset")
    ('1 person', '1,200 people', '0 datasets')
    """
    return f"{count:,} {one if count == 1 else many or one + 's'}"
