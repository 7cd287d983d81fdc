"""The network of the sentence model, all-MiniLM-L6-v2: a BERT of six layers, written down for OpenVINO.

OpenVINO runs it on any processor, in bf16 where the processor multiplies matrices of these and in 32 bits otherwise.
The graph is drawn here from the weights, so that no file of another format, no torch and no network is needed. See
Devlin et al. 2019, https://arxiv.org/abs/1810.04805.
"""

import json
import os
from collections.abc import Callable
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

LONGEST = 256
"""Tokens of a text that are read, as the model was trained."""

THREADS = 2
"""Threads at most where OMP_NUM_THREADS does not say how many: a machine that answers pages has other work."""

LAYERS = 6
HEADS = 12
SIZE = 384

Matrix = NDArray[np.float32]


def tensors(data: bytes) -> dict[str, Matrix]:
    """Read the safetensors format: the length of a JSON head, the head, then the numbers."""
    start = 8 + int.from_bytes(data[:8], "little")
    return {
        name: np.frombuffer(
            data, "<f4", count=int(np.prod(entry["shape"])), offset=start + entry["data_offsets"][0]
        ).reshape(entry["shape"])
        for name, entry in json.loads(data[8:start]).items()
        if entry.get("dtype") == "F32"
    }


def compiled(weights: dict[str, Matrix]) -> Callable[[NDArray[np.int32], NDArray[np.int32]], Matrix]:
    """Return what turns tokens, shape (texts, any), and how many of each row count into unit rows (texts, 384).

    Raises ImportError or RuntimeError where OpenVINO cannot run. Takes 0.3 s.
    """
    import openvino  # noqa: PLC0415 - heavy, and not everywhere

    asked = os.environ.get("OMP_NUM_THREADS", "")
    threads = int(asked) if asked.isdecimal() and int(asked) else min(THREADS, os.cpu_count() or 1)
    model = openvino.Core().compile_model(
        _graph(weights),
        "CPU",
        {"INFERENCE_NUM_THREADS": threads, "NUM_STREAMS": 1, "ENABLE_CPU_PINNING": False},
    )
    request, one_at_a_time = model.create_infer_request(), Lock()

    def run(tokens: NDArray[np.int32], lengths: NDArray[np.int32]) -> Matrix:
        with one_at_a_time:
            return np.array(request.infer([tokens, lengths])[0], dtype=np.float32)

    return run


def _graph(weights: dict[str, Matrix]) -> Any:
    from openvino import Model, PartialShape, Type, opset13  # noqa: PLC0415 - heavy, and not everywhere

    tokens = opset13.parameter(PartialShape([-1, -1]), Type.i32)
    lengths = opset13.parameter(PartialShape([-1]), Type.i32)
    draw = _Drawing(opset13, weights)
    places = draw.places(tokens)
    counts = opset13.less(draw.beside(places, 0), draw.beside(lengths, 1))
    unheard = opset13.select(draw.beside(counts, 1, 2), np.float32(0), np.float32(-10_000))
    state = draw.words(tokens, places)
    for layer in range(LAYERS):
        state = draw.layer(state, unheard, f"encoder.layer.{layer}")
    state = opset13.multiply(state, draw.beside(opset13.convert(counts, "f32"), 2))
    summed = opset13.reduce_sum(state, whole(1))
    rows = opset13.normalize_l2(summed, whole(1), 1e-12, "max")
    return Model([rows], [tokens, lengths], "all-MiniLM-L6-v2")


def whole(*numbers: int) -> NDArray[np.int64]:
    """Return whole numbers as OpenVINO takes axes and shapes."""
    return np.array(numbers, dtype=np.int64)


class _Drawing:
    """The parts of the graph. Nodes are OpenVINO's, whose types say nothing."""

    def __init__(self, operations: Any, weights: dict[str, Matrix]) -> None:
        self.op, self.weights = operations, weights

    def beside(self, node: Any, *axes: int) -> Any:
        """Return a node with new axes of length 1."""
        return self.op.unsqueeze(node, whole(*axes))

    def places(self, tokens: Any) -> Any:
        """Return 0, 1, … for as many as a row of tokens is long."""
        longest = self.op.gather(self.op.shape_of(tokens), np.int64(1), np.int64(0))
        return self.op.range(np.int64(0), longest, np.int64(1), "i32")

    def words(self, tokens: Any, places: Any) -> Any:
        """Return what each token is by itself and where it stands."""
        kind = self.weights["embeddings.token_type_embeddings.weight"][0]
        alone = self.op.constant(self.weights["embeddings.word_embeddings.weight"] + kind)
        there = self.op.constant(self.weights["embeddings.position_embeddings.weight"][:LONGEST])
        both = (
            self.op.gather(table, rows, np.int64(0)) for table, rows in ((alone, tokens), (there, places))
        )
        return self.normalised(self.op.add(*both), "embeddings.LayerNorm")

    def layer(self, state: Any, unheard: Any, name: str) -> Any:
        """Let the tokens of each text hear each other, then bend each alone."""
        heads = (
            self.op.transpose(
                self.op.reshape(
                    self.linear(state, f"{name}.attention.self.{part}"),
                    whole(0, 0, HEADS, SIZE // HEADS),
                    special_zero=True,
                ),
                whole(0, 2, 1, 3),
            )
            for part in ("query", "key", "value")
        )
        heard = self.op.transpose(self.op.scaled_dot_product_attention(*heads, unheard), whole(0, 2, 1, 3))
        heard = self.op.reshape(heard, whole(0, 0, SIZE), special_zero=True)
        state = self.op.add(state, self.linear(heard, f"{name}.attention.output.dense"))
        state = self.normalised(state, f"{name}.attention.output.LayerNorm")
        bent = self.op.gelu(self.linear(state, f"{name}.intermediate.dense"), "ERF")
        return self.normalised(
            self.op.add(state, self.linear(bent, f"{name}.output.dense")), f"{name}.output.LayerNorm"
        )

    def linear(self, state: Any, name: str) -> Any:
        product = self.op.matmul(state, self.weight(f"{name}.weight"), False, True)
        return self.op.add(product, self.weight(f"{name}.bias"))

    def normalised(self, state: Any, name: str) -> Any:
        even = self.op.mvn(state, whole(-1), True, 1e-12, "inside_sqrt")
        scaled = self.op.multiply(even, self.weight(f"{name}.weight"))
        return self.op.add(scaled, self.weight(f"{name}.bias"))

    def weight(self, name: str) -> Any:
        """Return numbers as a node; an operation given an array would make a list of it first."""
        return self.op.constant(self.weights[name])
