"""The one answer of a service that will not do what it is asked: in words, for whoever asked."""

from matchmaker.recognition.rules import Refusal


class Refused(Exception):  # noqa: N818 - it is an answer, not a fault
    """It cannot be done. Its text says why and what to do; `problems` says it for each field of the form, if any."""

    def __init__(self, *why: str | Refusal) -> None:
        """Keep what a page shows: sentences about the whole, or refusals that each name a field."""
        self.problems = tuple(Refusal("", one) if isinstance(one, str) else one for one in why)
        super().__init__("; ".join(problem.message for problem in self.problems))
