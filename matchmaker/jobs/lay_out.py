"""Laying sheets out as a PDF within a job, and what is said when there are none."""

from collections.abc import Callable

from matchmaker.jobs.work import JobRefused, Work


def laid_out(work: Work, pdf: Callable[[], bytes], nothing: str) -> bytes:
    """Return the PDF. Raises JobRefused: `nothing` are the words if no sheet is in it."""
    work.progress(0, 1, "Laying out the sheets")
    try:
        return pdf()
    except ValueError:
        raise JobRefused(nothing) from None
