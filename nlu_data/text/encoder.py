"""A sentence encoder from a local folder: a tokenizer and an ONNX network, as most published encoders offer them.

Optional: neither the packages nor any weights belong to the project (docs/sentence-encoder.md).
"""

from pathlib import Path
from typing import Any, Dict, List, Sequence

import numpy as np

# Where published encoders keep their network.
NETWORKS = ("model.onnx", "onnx/model.onnx", "onnx/model_quantized.onnx", "onnx/model_qint8_avx512_vnni.onnx")
LONGEST = 128


class EncoderMissingError(Exception):
    """The folder holds no encoder; the message says what is missing."""


class SentenceEncoder:
    """Turns texts into vectors of length 1 whose closeness is closeness of meaning."""

    def __init__(self, folder: Path, prefix: str = "") -> None:
        """Read `tokenizer.json` and the network; `prefix` is what some encoders want before a text ("query: ")."""
        import onnxruntime
        from tokenizers import Tokenizer

        network = next((folder / name for name in NETWORKS if (folder / name).exists()), None)
        tokens = folder / "tokenizer.json"
        if network is None or not tokens.exists():
            raise EncoderMissingError(f"{folder} needs tokenizer.json and one of {', '.join(NETWORKS)}")
        self._tokenizer = Tokenizer.from_file(str(tokens))
        self._tokenizer.enable_truncation(LONGEST)
        self._tokenizer.enable_padding()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self._network = onnxruntime.InferenceSession(str(network), options, providers=["CPUExecutionProvider"])
        self._inputs = {given.name for given in self._network.get_inputs()}
        self._prefix = prefix

    def encode(self, texts: Sequence[str]) -> Any:
        """One float32 row of length 1 a text: the mean of its tokens' last states."""
        encodings = self._tokenizer.encode_batch([self._prefix + text for text in texts])
        mask = np.array([encoding.attention_mask for encoding in encodings], dtype="int64")
        ids: List[List[int]] = [encoding.ids for encoding in encodings]
        given: Dict[str, Any] = {
            "input_ids": np.array(ids, dtype="int64"),
            "attention_mask": mask,
            "token_type_ids": np.zeros_like(mask),
        }
        states = self._network.run(None, {name: array for name, array in given.items() if name in self._inputs})[0]
        if states.ndim == 3:
            states = (states * mask[:, :, None]).sum(axis=1) / np.maximum(mask.sum(axis=1, keepdims=True), 1)
        return (states / np.maximum(np.linalg.norm(states, axis=1, keepdims=True), 1e-9)).astype("float32")
