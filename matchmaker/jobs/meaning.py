"""The sentence model behind a job, where the extra is installed: it reads each text of an event once."""

import hashlib
import logging
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from matchmaker.jobs.work import Work
from matchmaker.matching.profile import DatasetLink, Profile
from matchmaker.settings import Settings
from matchmaker.store.session import Session
from matchmaker.store.suggestions import meanings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_log = logging.getLogger(__name__)

AT_ONCE = 128
"""So many texts are read, kept and told of before the next ones; seconds of work."""


class Remembered:
    """What texts mean: kept rows where there are some, and otherwise what the model makes of them, which is kept.

    Called with texts it returns unit rows, shape (texts, 384), as matching wants them. Rows pass through 16 bits
    also the first time, so that they are the same every time.
    """

    def __init__(self, work: Work, event_id: int, unread: frozenset[str]) -> None:
        """Work for one event; `unread` texts get rows of 0."""
        self.work, self.event_id, self.unread = work, event_id, unread
        self.used: set[str] = set()

    def __call__(self, texts: Sequence[str]) -> "NDArray[np.float32]":
        """Return a row for each text, of 0 for one that is not kept where the model turns out not to run here."""
        import numpy as np  # noqa: PLC0415 - heavy

        from matchmaker.matching.meaning_network import SIZE  # noqa: PLC0415 - heavy

        digests = {text: _digest(text) for text in texts if text and text not in self.unread}
        self.used |= set(digests.values())
        with self.work.reading() as session:
            kept = meanings.of_event(session, self.event_id, model_id())
        self._read(kept, [text for text, digest in digests.items() if digest not in kept])
        rows = np.zeros((len(texts), SIZE), dtype=np.float32)
        for place, text in enumerate(texts):
            if digests.get(text) in kept:
                rows[place] = np.frombuffer(kept[digests[text]], dtype="<f2")
        return rows

    def _read(self, kept: dict[str, bytes], texts: list[str]) -> None:
        from matchmaker.matching.meaning import NoModelError, load  # noqa: PLC0415 - heavy

        if not texts:
            return
        try:
            model = load(self.work.settings.model_folder)
        except NoModelError as error:
            _log.warning("Suggestions are made without what was not read before: %s", error)
            return
        # Texts of like length are read together, which is faster.
        texts.sort(key=len)
        for start in range(0, len(texts), AT_ONCE):
            some = texts[start : start + AT_ONCE]
            rows = model(some).astype("<f2")
            found = {_digest(text): row.tobytes() for text, row in zip(some, rows, strict=True)}
            kept |= found
            with self.work.writing() as session:
                meanings.add(session, self.event_id, model_id(), found)
            self.work.progress(start + len(some), len(texts), "Reading what people wrote")


def remembered(
    work: Work, event_id: int, profiles: Sequence[Profile], catalogue: Sequence[DatasetLink]
) -> Remembered | None:
    """Return the model for an event, or None without the extra or with one that cannot be used.

    Of the catalogue only the datasets that somebody here has to do with are read: the others compare with nothing.
    """
    from matchmaker.matching.language import readable  # noqa: PLC0415 - heavy: loads scikit-learn

    if not model_in_use(work.settings):
        return None
    linked = {link.id for person in profiles for link in person.datasets}
    unread = {readable(link.text) for link in catalogue if link.id not in linked}
    read = {readable(link.text) for link in catalogue if link.id in linked}
    return Remembered(work, event_id, frozenset(unread - read))


def model_in_use(settings: Settings) -> str:
    """Return what names the sentence model that counts, or "" without the extra or with one that cannot be used."""
    from matchmaker.matching.meaning import is_installed, problem  # noqa: PLC0415 - heavy

    if not is_installed(settings.model_folder):
        return ""
    if refusal := problem(settings.model_folder):
        _log.warning("Suggestions are made without the sentence model: %s", refusal)
        return ""
    return model_id()


def forget_unused(session: Session, event_id: int, model: Remembered | None) -> None:
    """Remove the meanings of texts that nobody at the event has any more; all of them without the model."""
    meanings.keep_only(session, event_id, model_id() if model else "", model.used if model else ())


def model_id() -> str:
    """Return what names the weights: their SHA-256."""
    from matchmaker.matching.meaning import SUMS  # noqa: PLC0415 - heavy

    return SUMS["model.safetensors"]


def digests(texts: Iterable[str]) -> set[str]:
    """Return what texts are kept under."""
    return {_digest(text) for text in texts}


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()
