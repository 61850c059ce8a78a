"""Models of a few thousand random weights, saved as sentence-transformers saves its own."""

from collections.abc import Iterable
from pathlib import Path

WORDS = "bees dance nectar ferry steers summer tower light query passage where do the a".split()


def save_cross_encoder(folder: Path, *, labels: int = 1) -> Path:
    """A classifier of (question, text) pairs."""
    from transformers import BertForSequenceClassification

    return _save(folder, BertForSequenceClassification(_config(labels)))


def save_bare(folder: Path) -> Path:
    """An encoder without a head, as an embedding model is."""
    from transformers import BertModel

    return _save(folder, BertModel(_config(2)))


def save_embedder(folder: Path, prompts: dict[str, str]) -> Path:
    """An embedding model with 16 dimensions and prompts of its own."""
    from sentence_transformers import SentenceTransformer

    bare = save_bare(folder / "bare")
    SentenceTransformer(str(bare), prompts=prompts).save(str(folder / "model"))
    return folder / "model"


def _config(labels: int) -> "object":
    import torch
    from transformers import BertConfig

    torch.manual_seed(0)
    return BertConfig(
        vocab_size=len(_vocabulary(WORDS)),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        max_position_embeddings=64,
        initializer_range=1.0,
        num_labels=labels,
    )


def _save(folder: Path, model: "object") -> Path:
    from tokenizers import BertWordPieceTokenizer
    from transformers import PreTrainedTokenizerFast

    numbers = {word: number for number, word in enumerate(_vocabulary(WORDS))}
    pieces = BertWordPieceTokenizer(numbers)
    special = {
        f"{name}_token": f"[{name.upper()}]" for name in ("pad", "unk", "cls", "sep", "mask")
    }
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=pieces._tokenizer, model_max_length=64, **special
    )
    folder.mkdir(parents=True)
    tokenizer.save_pretrained(folder)
    model.save_pretrained(folder)
    return folder


def _vocabulary(words: Iterable[str]) -> list[str]:
    return ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *words]
