"""Laying sheets out as a PDF within a job, and what is said when that cannot be done."""

from collections.abc import Callable

from matchmaker.documents.pdf import PdfUnavailable, Progress
from matchmaker.jobs.work import JobRefused, Work


def laid_out(work: Work, pdf: Callable[[Progress | None], bytes], nothing: str) -> bytes:
    """Return the PDF, telling how far it is. Raises JobRefused: `nothing` are the words if no sheet is in it."""
    try:
        return pdf(lambda done, total: work.progress(done, total, "Laying out the sheets"))
    except PdfUnavailable as unavailable:
        raise JobRefused(str(unavailable)) from None
    except ValueError:
        raise JobRefused(nothing) from None
