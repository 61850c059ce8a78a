"""Each stage at which a document can be lost is told with its numbers, and what would help."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

import pytest

from index.shelf import Shelf
from index.shelved import ShelvedDocument
from index.sync import synchronise
from qa.assistant import Assistant, Policy
from qa.stages import ByVectors, ByWords, Cited, Indexed, Picked, Stage, Taken, lost
from qa.whereabouts import find
from qa.why import advice, cited
from tests.hashing_embedder import HashingEmbedder
from tests.qa.conftest import LIT, MakeAssistant, Shelve, answer_of, said, scripted, write
from tests.scripted_reranker import ReadsFor

WHEN = "When was the Skerry light first lit?"
NECTAR = "How do bees tell where nectar is?"
CROWD = {
    f"bees/{number:02}.txt": f"Bees tell where nectar is, {number}.\n" for number in range(110)
}
FERRY = {"ferry.txt": "Jonas Berg steers the ship twice a day.\n"}
ESSAY = {
    "essay.txt": "Bees dance to tell where the nectar is. Where nectar is, bees tell by a dance."
    " That is how they tell it. By dancing, bees tell where nectar is found.\n",
    "aside.txt": "Some keepers of bees know nothing about what they drink.\n",
}

S = TypeVar("S", bound=Stage)


def named(name: str, shelf: Shelf) -> ShelvedDocument:
    document = find(name, shelf)
    assert isinstance(document, ShelvedDocument)
    return document


def follow(
    shelf: Shelf, question: str, name: str, *, passages: int = 8, evidence_tokens: int = 300
) -> tuple[Stage, ...]:
    """The stages before the model."""
    policy = Policy(passages, evidence_tokens, caution=0.5)
    return Assistant(shelf, HashingEmbedder(), None, policy).trace(question, named(name, shelf))


def at(kind: type[S], stages: Sequence[Stage]) -> S:
    (stage,) = [each for each in stages if isinstance(each, kind)]
    return stage


def number_in(text: str) -> int:
    return int(re.findall(r"\d+", text)[0])


def test_a_document_that_is_found_reaches_every_stage(shelf: Shelf) -> None:
    stages = follow(shelf, NECTAR, "bees.txt")
    assert [stage.stage for stage in stages] == [
        "index",
        "words",
        "vectors",
        "passages",
        "evidence",
    ]
    assert all(stage.reached for stage in stages)
    assert lost(stages) is None
    assert advice(stages, "bees.txt") == ""
    words, vectors, picked = at(ByWords, stages), at(ByVectors, stages), at(Picked, stages)
    assert (words.rank, words.lacking) == (1, ())
    assert words.bm25 is not None
    assert words.bm25 > 0
    assert (vectors.rank, vectors.of) == (1, shelf.chunk_count)
    assert at(Taken, stages).rank == 1
    assert (picked.rank, picked.sentence) == (1, "Bees dance to tell where nectar is.")


def test_one_search_that_passes_over_it_is_not_a_loss(shelf: Shelf) -> None:
    stages = follow(shelf, "Where do seals rest?", "bees.txt")
    words = at(ByWords, stages)
    assert (words.reached, words.rank, words.bm25) == (False, None, None)
    assert words.lacking == ("seals", "rest")
    assert at(ByVectors, stages).reached
    assert at(Taken, stages).reached
    assert lost(stages) in (None, at(Picked, stages))


def test_what_neither_words_nor_vectors_bring_up_is_lost_with_both_ranks(shelve: Shelve) -> None:
    stages = follow(shelve(CROWD | FERRY), NECTAR, "ferry.txt")
    words, vectors, taken = at(ByWords, stages), at(ByVectors, stages), at(Taken, stages)
    assert (words.rank, words.of) == (None, 110)
    assert (vectors.rank, vectors.of, vectors.depth) == (111, 111, 100)
    assert vectors.cosine is not None
    assert -1 <= vectors.cosine < 0.5
    assert (taken.rank, taken.taken, at(Picked, stages).sentence) == (None, 0, None)
    assert lost(stages) is vectors
    assert "“bees”, “nectar”" in advice(stages, "ferry.txt")


def test_a_rank_by_words_below_those_that_go_on_is_told(shelve: Shelve) -> None:
    long = "Bees. " + "Jonas Berg steers the ship twice a day. " * 10
    stages = follow(shelve(CROWD | {"ferry.txt": long}), "bees", "ferry.txt")
    words = at(ByWords, stages)
    assert (words.rank, words.reached, words.depth) == (111, False, 100)


def test_what_holds_every_word_and_is_lost_all_the_same_is_to_be_asked_alone(
    shelve: Shelve,
) -> None:
    long = "Bees. " + "Jonas Berg steers the ship twice a day. " * 10
    stages = follow(shelve(CROWD | {"[old] ferry.txt": long}), "bees", "[old] ferry.txt")
    assert lost(stages) is at(ByVectors, stages)
    assert advice(stages, "[old] ferry.txt").endswith("--in '[[]old] ferry.txt'")


def test_the_rank_is_the_one_that_a_reranker_gave(shelf: Shelf) -> None:
    policy = Policy(passages=2, evidence_tokens=300, caution=0.5)
    reader = ReadsFor("Jonas Berg")
    assistant = Assistant(shelf, HashingEmbedder(), None, policy, reranker=reader)
    ferry = at(Taken, assistant.trace(WHEN, named("ferry.txt", shelf)))
    assert (ferry.rank, ferry.taken) == (1, 1)
    assert at(Taken, follow(shelf, WHEN, "ferry.txt")).rank != 1


def test_what_the_limit_leaves_out_is_lost_and_the_limit_that_takes_it_is_told(
    shelf: Shelf,
) -> None:
    stages = follow(shelf, WHEN, "lights/skerry.md", passages=1)
    taken = at(Taken, stages)
    assert (taken.reached, taken.rank, taken.limit, taken.taken) == (False, 2, 1, 0)
    assert lost(stages) is taken
    assert (wanted := number_in(advice(stages, "lights/skerry.md"))) == 2
    assert at(Taken, follow(shelf, WHEN, "lights/skerry.md", passages=wanted)).reached


def test_what_the_evidence_leaves_out_is_lost_and_the_budget_that_holds_it_is_told(
    shelve: Shelve,
) -> None:
    shelf = shelve(ESSAY)
    stages = follow(shelf, NECTAR, "aside.txt", evidence_tokens=50)
    picked = at(Picked, stages)
    assert picked.sentence == ESSAY["aside.txt"].strip()
    assert (picked.reached, picked.rank, picked.of, picked.picked) == (False, 5, 5, 4)
    assert picked.score is not None
    assert picked.lowest_picked is not None
    assert picked.score < picked.lowest_picked
    assert lost(stages) is picked
    wanted = number_in(advice(stages, "aside.txt"))
    assert at(Picked, follow(shelf, NECTAR, "aside.txt", evidence_tokens=wanted)).reached


def asked(assistant: Assistant, shelf: Shelf, name: str, *, caution: float = 0.0) -> Cited:
    return cited(named(name, shelf), answer_of(assistant.ask(WHEN)), caution=caution)


def test_a_cited_document_is_not_lost(assistant: MakeAssistant, shelf: Shelf) -> None:
    stage = asked(assistant(scripted(said(LIT))), shelf, "lights/skerry.md")
    assert stage.reached
    assert "lights/skerry.md" in stage.citations
    assert (stage.abstained, stage.model) == (False, "scripted")
    stages = (*follow(shelf, WHEN, "lights/skerry.md"), stage)
    assert lost(stages) is None
    assert advice(stages, "lights/skerry.md") == ""


def test_what_the_answer_does_not_cite_is_lost(assistant: MakeAssistant, shelf: Shelf) -> None:
    stage = asked(assistant(scripted(said(LIT))), shelf, "bees.txt")
    assert (stage.reached, stage.abstained) == (False, False)
    assert stage.answer.startswith(LIT)
    stages = (Indexed(reached=True), stage)
    assert lost(stages) is stage
    assert advice(stages, "bees.txt").endswith("lectern ask QUESTION --in bees.txt")


def test_a_refusal_loses_the_document_whose_words_it_shows(
    assistant: MakeAssistant, shelf: Shelf
) -> None:
    stage = asked(assistant(caution=1.0, believed=False), shelf, "lights/almanac.md", caution=1.0)
    assert stage.citations == ("lights/almanac.md",)
    assert (stage.reached, stage.abstained, stage.caution) == (False, True, 1.0)
    advised = advice((Indexed(reached=True), stage), "lights/almanac.md")
    lowered = float(re.findall(r"\d\.\d\d", advised)[0])
    assert 0 < lowered <= stage.confidence < 1
    answered = asked(assistant(caution=lowered, believed=False), shelf, "lights/almanac.md")
    assert not answered.abstained


def test_what_is_not_indexed_is_lost_there() -> None:
    stage = Indexed(reached=False, reason="no such document", hint="Index it.")
    assert lost([stage]) is stage
    assert advice([stage], "light.txt") == "Index it."


def test_beyond_what_is_ranked_the_cosine_is_told_all_the_same(
    shelve: Shelve, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf = shelve(CROWD | FERRY)
    compared = at(ByVectors, follow(shelf, NECTAR, "ferry.txt"))
    monkeypatch.setattr("index.vectors.EXACT_LIMIT", 20)
    monkeypatch.setattr("qa.why.FURTHEST", 55)
    vectors = at(ByVectors, follow(shelf, NECTAR, "ferry.txt"))
    assert (vectors.reached, vectors.rank, vectors.of) == (False, None, 55)
    assert vectors.cosine == pytest.approx(compared.cosine, abs=1e-5)


def test_of_two_documents_with_one_id_only_the_named_one_is_followed(
    shelve: Shelve, tmp_path: Path
) -> None:
    shelf = shelve({"light.txt": "A dark page.\n"})
    write(tmp_path / "other", {"light.txt": "Bees tell where nectar is.\n"})
    synchronise(tmp_path / "home", [tmp_path / "other"], HashingEmbedder())
    dark = at(ByWords, follow(shelf, NECTAR, str(tmp_path / "documents" / "light.txt")))
    assert (dark.rank, dark.lacking) == (None, ("bees", "nectar"))
    assert at(ByWords, follow(shelf, NECTAR, str(tmp_path / "other" / "light.txt"))).rank == 1


def test_letters_that_mean_something_in_a_pattern_are_only_letters(shelve: Shelve) -> None:
    name = "what [is] *this?.txt"
    shelf = shelve({name: "Bees tell where nectar is.\n", "what i xthis!.txt": "A dark page.\n"})
    stages = follow(shelf, NECTAR, name)
    assert (at(ByWords, stages).rank, at(ByVectors, stages).rank) == (1, 1)
    assert lost(stages) is None


DERBIES = CROWD | {
    "old.md": "---\ndate: 2024-05-06\n---\nThe horse Quarry won the derby at Sandholm.\n",
    "new.md": "---\ndate: 2026-05-04\n---\nThe horse Pebble won the derby at Sandholm.\n",
}


@pytest.mark.parametrize("asked", ["Which horse won the derby?", NECTAR])
def test_what_was_written_later_is_told_so_wherever_it_would_have_been_lost(
    asked: str, shelve: Shelve
) -> None:
    shelf = shelve(DERBIES)
    stages = follow(shelf, f"As of 2024-05-07: {asked}", "new.md")
    assert at(Taken, stages).later == "2026-05-04"
    assert advice(stages, "new.md").startswith("Ask without a day, or as of 2026-05-04:")


def test_what_was_written_before_is_not_later(shelve: Shelve) -> None:
    shelf = shelve(DERBIES)
    for asked in ("As of 2024-05-07: Which horse won?", "Which horse won?"):
        stages = follow(shelf, asked, "old.md")
        assert at(Taken, stages).later == ""
        assert lost(stages) is None


def test_what_is_too_old_for_what_is_asked_is_told_so(shelve: Shelve) -> None:
    shelf = shelve(DERBIES)
    stages = follow(shelf, "Which horse won the derby this week?", "old.md")
    assert at(Taken, stages).earlier == "2024-05-06"
    assert advice(stages, "old.md").startswith("Ask as of 2024-05-06")
    assert at(Taken, follow(shelf, "Which horse won the derby?", "old.md")).earlier == ""
