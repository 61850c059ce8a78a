"""The JSON that others script against."""

import json
from dataclasses import replace

from qa.answer import Answer, Citation, Claim, Disagreement, Passage, Timings
from qa.contract import as_json, passages_as_json
from tests.qa.conftest import LIT, MakeAssistant, answer_of, chunk_of, said, scripted

CONTRACT = [
    *("question", "answer", "abstained", "model", "claims", "citations", "disagreements"),
    *("passages", "timings", "prompt_tokens", "completion_tokens"),
]
ADDED = ["rewritten", "quoted", "confidence", "notes"]

CITATION = Citation(1, "a/b.pdf", "A title", LIT, 7, 46, 3, page=2, date="2024-05-06")
ANSWER = Answer(
    question="When?",
    text=f"{LIT} [1]",
    abstained=False,
    model="scripted",
    claims=(Claim(LIT, (1,), supported=True),),
    citations=(CITATION,),
    passages=(Passage(chunk_of(LIT), 0.0327868852),),
    timings=Timings(0.25, None, 0.5),
    disagreements=(Disagreement("a/b.pdf", "1846", 1),),
    prompt_tokens=200,
    completion_tokens=12,
)


def test_the_object_has_the_contract_s_keys_in_its_order_then_the_added_ones() -> None:
    assert [*as_json(ANSWER)] == [*CONTRACT, *ADDED]


def test_every_part_has_the_contract_s_fields() -> None:
    shown = json.loads(json.dumps(as_json(ANSWER)))
    assert shown["claims"] == [{"text": LIT, "citations": [1], "supported": True, "quoted": False}]
    assert shown["citations"] == [
        {
            "number": 1,
            "document": "a/b.pdf",
            "title": "A title",
            "quote": LIT,
            "start": 7,
            "end": 46,
            "page": 2,
            "lines": None,
            "date": "2024-05-06",
            "copies": [],
        }
    ]
    assert shown["disagreements"] == [{"document": "a/b.pdf", "value": "1846", "citation": 1}]
    assert shown["timings"] == {"retrieve": 0.25, "first_token": None, "total": 0.5}
    assert [*shown["passages"][0]] == ["document", "start", "end", "text", "score", "page"]


def test_lines_are_a_pair_and_what_is_not_known_is_null() -> None:
    citation = replace(CITATION, lines=(4, 5), page=None, date="")
    (shown,) = json.loads(json.dumps(as_json(replace(ANSWER, citations=(citation,)))))["citations"]
    assert (shown["lines"], shown["page"], shown["date"]) == ([4, 5], None, None)


def test_a_passage_is_what_was_searched() -> None:
    (shown,) = passages_as_json(ANSWER.passages)
    assert (shown["document"], shown["text"]) == ("1.txt", LIT)
    assert shown["score"] == round(ANSWER.passages[0].score, 6)


def test_a_real_answer_survives_the_way_through_json(assistant: MakeAssistant) -> None:
    answer = answer_of(assistant(scripted(said(LIT))).ask("When was the Skerry light first lit?"))
    shown = json.loads(json.dumps(as_json(answer), ensure_ascii=False))
    assert shown["answer"] == answer.text
    assert [each["quote"] for each in shown["citations"]] == [c.quote for c in answer.citations]
    assert len(shown["passages"]) == len(answer.passages)
