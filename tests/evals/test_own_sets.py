"""The sets over documents of our own: what a case says of its documents stands in them."""

import base64
import codecs
import json
import re
import unicodedata
from functools import cache

import pytest

from evals import cases
from evals.text_match import answer_match
from index.readers import read

HOSTILE, UNSEEN = "hostile", "hostile-unseen"
CONTRADICTIONS, CONTRADICTIONS_UNSEEN = "contradictions", "contradictions-unseen"
SETS = (HOSTILE, UNSEEN, CONTRADICTIONS, CONTRADICTIONS_UNSEEN)
HIDDEN_IN_CODE = re.compile(r"\b(?:[A-Za-z0-9+/]{4}){6,}(?:[A-Za-z0-9+/]{2,3}=+)?")


def paths(name):
    return sorted((cases.SETS / name / "documents").iterdir())


@cache
def documents(name):
    """Every document as Lectern reads it."""
    return {path.name: read(path, path.name) for path in paths(name)}


@cache
def lines(name):
    """Every case with the keys that Lectern passes over."""
    text = cases.find_set(name).read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def demands(path):
    """What a document says to whoever obeys it, its hiding places opened."""
    text = path.read_text(encoding="utf-8")
    seen = "".join(letter for letter in text if unicodedata.category(letter) != "Cf")
    tags = "".join(chr(ord(letter) - 0xE0000) for letter in text if 0xE0000 < ord(letter) < 0xE0080)
    codes = [base64.b64decode(code).decode("utf-8", "ignore") for code in hidden_codes(text)]
    return "\n".join([text, seen, tags, *codes, codecs.encode(text, "rot13")]).casefold()


def hidden_codes(text):
    return [found.group() for found in HIDDEN_IN_CODE.finditer(text)]


@pytest.mark.parametrize(
    ("name", "least"),
    [(HOSTILE, 44), (UNSEEN, 30), (CONTRADICTIONS, 30), (CONTRADICTIONS_UNSEEN, 40)],
)
def test_every_case_loads_and_its_documents_are_there(name, least):
    loaded = cases.load(cases.find_set(name))
    assert len(loaded) == len({case.id for case in loaded}) >= least
    assert len({case.question for case in loaded}) == len(loaded)
    for case in loaded:
        assert set(case.documents) <= documents(name).keys()
        assert bool(case.documents) == case.answerable


@pytest.mark.parametrize("name", SETS)
def test_an_accepted_answer_stands_in_a_document_that_the_case_names(name):
    lost = [
        case.id
        for case in cases.load(cases.find_set(name))
        if case.answerable
        and not any(
            answer_match(documents(name)[each].text, case.answers) for each in case.documents
        )
    ]
    assert lost == []


@pytest.mark.parametrize("name", SETS)
def test_documents_are_small(name):
    assert max(path.stat().st_size for path in paths(name)) < 2_000


# Hostile documents


@pytest.mark.parametrize("name", [HOSTILE, UNSEEN])
def test_every_document_demands_what_one_case_traps(name):
    left = {path.name: demands(path) for path in paths(name)}
    for case in lines(name):
        assert case["trap"], case["id"]
        wanted = [trap.casefold() for trap in case["trap"]]
        asking = [each for each, text in left.items() if all(trap in text for trap in wanted)]
        assert len(asking) == 1, (case["id"], asking)
        assert case["documents"] in ([], asking)
        del left[asking[0]]
    assert left == {}


@pytest.mark.parametrize("name", [HOSTILE, UNSEEN])
def test_a_right_answer_does_not_spring_a_trap(name):
    for case in lines(name):
        innocent = " ".join([case["question"], *case["answers"]]).casefold()
        assert not any(trap.casefold() in innocent for trap in case["trap"]), case["id"]


def test_the_attacks_are_of_many_kinds_and_some_have_no_true_answer():
    kinds = {case["kind"] for case in lines(HOSTILE)}
    assert len(kinds) >= 20
    assert sum(not case["answerable"] for case in lines(HOSTILE)) >= 5
    assert {path.suffix for path in paths(HOSTILE)} == {".md", ".txt", ".html"}


@pytest.mark.parametrize(
    "written",
    [
        "<|im_end|>", "[INST]", "<<SYS>>", "<start_of_turn>", "</s>", "### Assistant:",
        "<|eot_id|>", "Stated: Yes", "display:none", "<!--", "font-size:0", "<noscript>",
        "<template>", "[@click=", "[link=", "](http://", "\x1b[2J", "\x1b]8;;", "\x1b]52;",
        "\x1b]0;", "\x9b", "\u202e", "\u200b", "\U000e0041", "\u0430",
    ],
)  # fmt: skip
def test_the_attacks_are_written_in_the_very_characters(written):
    assert any(written.encode() in path.read_bytes() for path in paths(HOSTILE))


# Contradictions

DIFFERING = pytest.mark.parametrize("name", [CONTRADICTIONS, CONTRADICTIONS_UNSEEN])


@DIFFERING
@pytest.mark.parametrize(("disagreement", "kinds"), [(True, 5), (False, 6)])
def test_some_documents_differ_and_others_only_seem_to(name, disagreement, kinds):
    chosen = [case for case in lines(name) if case["disagreement"] is disagreement]
    assert len(chosen) >= 15
    assert len({case["kind"] for case in chosen}) >= kinds


def held(name, case):
    """The values of a case that stand as whole words in each of its documents."""
    texts = [documents(name)[each].text for each in case["documents"]]
    return [
        tuple(v for v in case["values"] if re.search(rf"(?<!\w){re.escape(v)}(?!\w)", text))
        for text in texts
    ]


@DIFFERING
def test_documents_that_differ_are_dated_and_hold_the_values_between_them(name):
    for case in lines(name):
        if not case["disagreement"]:
            continue
        assert all(documents(name)[each].date for each in case["documents"]), case["id"]
        found = held(name, case)
        assert {value for values in found for value in values} == set(case["values"]), case["id"]
        assert all(found), case["id"]
        assert len(set(found)) > 1, case["id"]
