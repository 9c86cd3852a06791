"""The optional sentence encoder: the real loading code on a tiny network that the test makes itself."""

import json
import os
import subprocess
from pathlib import Path

import numpy as np
import onnx
import pytest

from bot.clients.rasa import RasaClient
from bot.environments import ensure_rasa_environment, rasa_python
from bot.services import rasa_at_hand
from bot.settings import Settings, SettingsError, load_settings
from bot.training import RASA_VARIABLES, fingerprint, write_config

# "qqqq" is in no example and looks like nothing, but means what "doctor" means.
WORDS = {"[UNK]": 0, "[PAD]": 1, "doctor": 2, "qqqq": 2, "school": 3, "flat": 4}
MEANINGS = np.array([[0, 0, 0, 1], [0, 0, 0, 0], [1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0]], dtype="float32")
TOPICS = {"doctor": "doctor", "school_search": "school", "housing": "flat"}
QUESTIONS = ("where is the {0}", "{0} please", "i need a {0}", "my {0}", "looking for {0} now", "{0}", "the {0} here")


def make_encoder(folder: Path) -> Path:
    """A folder as published encoders have it: a word-level tokenizer, and a network that looks up a vector a word."""
    vocabulary = {"[UNK]": 0, "[PAD]": 1, **{word: number for word, number in WORDS.items() if number > 1}}
    tokenizer = {
        "version": "1.0",
        "added_tokens": [],
        "normalizer": {"type": "Lowercase"},
        "pre_tokenizer": {"type": "Whitespace"},
        "model": {"type": "WordLevel", "vocab": vocabulary, "unk_token": "[UNK]"},
    }
    (folder / "tokenizer.json").write_text(json.dumps(tokenizer), encoding="utf-8")
    table = onnx.numpy_helper.from_array(MEANINGS, "table")
    ids = onnx.helper.make_tensor_value_info("input_ids", onnx.TensorProto.INT64, ["batch", "tokens"])
    states = onnx.helper.make_tensor_value_info(
        "last_hidden_state", onnx.TensorProto.FLOAT, ["batch", "tokens", MEANINGS.shape[1]]
    )
    look_up = onnx.helper.make_node("Gather", ["table", "input_ids"], ["last_hidden_state"])
    graph = onnx.helper.make_graph([look_up], "words", [ids], [states], [table])
    model = onnx.helper.make_model(graph, opset_imports=[onnx.helper.make_opsetid("", 17)], ir_version=8)
    (folder / "onnx").mkdir()
    onnx.save(model, str(folder / "onnx" / "model.onnx"))
    return folder


def train(folder: Path, encoder: Path | None) -> Path:
    config, examples = folder / "config.yml", folder / "examples.yml"
    write_config(config, encoder)
    blocks = [
        f"- intent: {topic}\n  metadata:\n    language: en\n  examples: |\n"
        + "".join(f"    - {question.format(word)}\n" for question in QUESTIONS)
        for topic, word in TOPICS.items()
    ]
    examples.write_text('version: "3.1"\nnlu:\n' + "".join(blocks), encoding="utf-8")
    command = [str(rasa_python()), "-m", "nlu_data.components.serve", "train", "nlu", "--config", str(config)]
    command += ["--nlu", str(examples), "--out", str(folder), "--fixed-model-name", "tiny"]
    result = subprocess.run(command, env={**os.environ, **RASA_VARIABLES}, capture_output=True, text=True, check=False)
    assert (folder / "tiny.tar.gz").exists(), result.stdout[-2000:] + result.stderr[-2000:]
    return folder / "tiny.tar.gz"


async def confidences(settings: Settings, model: Path, text: str) -> dict[str, float]:
    async with rasa_at_hand(settings, model, ["rasa"]) as (url, token), RasaClient(url, token, patience=60) as rasa:
        parsed = await rasa.parse(text)
    return {entry["name"]: entry["confidence"] for entry in parsed["intent_ranking"]}


async def test_an_encoder_recognises_what_letters_and_concepts_do_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MITTENDRIN_DATA_DIR", str(tmp_path / "data"))
    ensure_rasa_environment(encoder=True)
    for name in ("encoder", "with", "without"):
        (tmp_path / name).mkdir()
    encoder = make_encoder(tmp_path / "encoder")
    settings = load_settings()
    alone = await confidences(settings, train(tmp_path / "without", None), "qqqq")
    helped = await confidences(settings, train(tmp_path / "with", encoder), "qqqq")
    assert max(alone["school_search"], alone["housing"]) > alone["doctor"] / 2
    assert helped["doctor"] > 0.5 > max(helped["school_search"], helped["housing"])


def test_a_folder_that_is_not_there_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("MITTENDRIN_ENCODER", str(tmp_path / "nowhere"))
    with pytest.raises(SettingsError, match="nowhere is no folder"):
        load_settings()


def test_another_encoder_is_another_model(tmp_path: Path) -> None:
    encoder = make_encoder(tmp_path)
    assert len({fingerprint(), fingerprint(encoder)}) == 2
