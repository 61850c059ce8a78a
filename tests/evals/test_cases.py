import json

import pytest

from evals import cases
from evals.case import EvalCase
from evals.text_match import answer_match
from index.errors import CaseFileError
from index.starter import starter_documents
from qa.answer import Turn

LEAST = {"id": "1", "question": "Who?", "answers": ["Ada"]}


def written(folder, *lines, name="set.jsonl"):
    path = folder / name
    texts = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    path.write_text("\n".join(texts) + "\n", encoding="utf-8")
    return path


def test_a_case_needs_an_id_a_question_and_answers(tmp_path):
    assert cases.load(written(tmp_path, LEAST)) == (
        EvalCase("1", "Who?", ("Ada",), (), answerable=True),
    )


def test_everything_a_case_can_say_is_read(tmp_path):
    history = [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]
    full = LEAST | {"documents": ["a.md"], "answerable": True, "history": history, "kind": "name"}
    (case,) = cases.load(written(tmp_path, full | {"trap": ["seven clowns"]}))
    assert (case.documents, case.trap) == (("a.md",), ("seven clowns",))
    assert case.history == (Turn("user", "Hi"), Turn("assistant", "Hello"))


@pytest.mark.parametrize(
    ("answers", "documents", "answerable"),
    [(["Ada"], ["a.md"], True), ([], ["a.md"], True), ([], [], False)],
)
def test_what_has_answers_or_documents_is_answerable_unless_it_says_otherwise(
    tmp_path, answers, documents, answerable
):
    line = LEAST | {"answers": answers, "documents": documents}
    assert cases.load(written(tmp_path, line))[0].answerable is answerable
    said = line | {"answers": [], "answerable": False}
    assert cases.load(written(tmp_path, said))[0].answerable is False


def test_a_case_is_a_draft_where_it_says_so_and_drafts_can_be_left_out(tmp_path):
    draft = LEAST | {"id": "2", "draft": True}
    loaded = cases.load(written(tmp_path, LEAST, draft, LEAST | {"id": "3", "draft": False}))
    assert [case.draft for case in loaded] == [False, True, False]
    assert [case.id for case in cases.accepted(loaded, tmp_path)] == ["1", "3"]


def test_a_file_of_nothing_but_drafts_is_refused_with_how_to_accept_them(tmp_path):
    path = written(tmp_path, LEAST | {"draft": True})
    with pytest.raises(CaseFileError) as caught:
        cases.accepted(cases.load(path), path)
    assert f"Every case of {path} is still a draft, 1 in all." in str(caught.value)
    assert all(told in caught.value.hint for told in ('"draft"', "--drafts"))


def test_empty_lines_a_byte_order_mark_and_odd_line_separators_are_no_trouble(tmp_path):
    odd = json.dumps(LEAST | {"id": "2", "question": "Who\u2028wrote?"}, ensure_ascii=False)
    path = written(tmp_path, "\ufeff" + json.dumps(LEAST), "", odd)
    assert [case.question for case in cases.load(path)] == ["Who?", "Who\u2028wrote?"]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{", "Expecting"),
        ("[]", "a case is an object"),
        ({"question": "Who?", "answers": []}, "no id"),
        (LEAST | {"id": 7}, "id is 7"),
        (LEAST | {"question": " "}, "question is ' '"),
        ({"id": "2", "question": "Who?"}, "answers is None"),
        (LEAST | {"answers": "Ada"}, "answers is 'Ada'"),
        (LEAST | {"documents": [1]}, "documents is [1]"),
        (LEAST | {"answerable": "no"}, "answerable is 'no'"),
        (LEAST | {"answerable": False}, "not answerable"),
        (LEAST | {"draft": "yes"}, "draft is 'yes'"),
        (LEAST | {"trap": ["clowns", " "]}, "a trap is empty"),
        (LEAST | {"history": "Hi"}, "history"),
        (LEAST | {"history": [{"role": "system", "content": "x"}]}, "role"),
        (LEAST | {"id": "0"}, "the id '0' is taken"),
    ],
)
def test_a_bad_line_is_named_with_its_number(tmp_path, line, says):
    path = written(tmp_path, LEAST | {"id": "0"}, "", line)
    with pytest.raises(CaseFileError) as caught:
        cases.load(path)
    assert f"{path}, line 3" in str(caught.value)
    assert says in str(caught.value)
    assert caught.value.hint


def test_a_file_without_cases_or_of_another_encoding_is_refused(tmp_path):
    with pytest.raises(CaseFileError, match="holds no cases"):
        cases.load(written(tmp_path, ""))
    (tmp_path / "latin.jsonl").write_bytes(b'{"id": "\xe9"}')
    with pytest.raises(CaseFileError, match="could not be read"):
        cases.load(tmp_path / "latin.jsonl")


def test_a_set_is_found_by_name_and_a_file_by_path(tmp_path, monkeypatch):
    monkeypatch.setattr(cases, "SETS", tmp_path)
    path = written(tmp_path, LEAST, name="seeds.jsonl")
    assert cases.find_set("seeds") == path
    assert cases.find_set(str(path)) == path


@pytest.mark.parametrize("near", ["seed", "{folder}/seedz.jsonl"])
def test_an_unknown_set_is_refused_with_the_nearest(tmp_path, monkeypatch, near):
    monkeypatch.setattr(cases, "SETS", tmp_path)
    written(tmp_path, LEAST, name="seeds.jsonl")
    with pytest.raises(CaseFileError) as caught:
        cases.find_set(near.format(folder=tmp_path))
    assert "Did you mean" in caught.value.hint


def test_a_file_of_another_kind_is_refused(tmp_path):
    path = written(tmp_path, LEAST, name="set.json")
    with pytest.raises(CaseFileError) as caught:
        cases.find_set(str(path))
    assert ".jsonl" in caught.value.hint


@pytest.fixture(scope="module")
def seeds():
    return cases.load(cases.find_set("seeds"))


def test_the_set_over_the_starter_documents_is_as_large_as_is_promised(seeds):
    assert len(seeds) >= 70
    assert sum(not case.answerable for case in seeds) >= 20
    assert not any(case.draft for case in seeds)
    follow_ups = [case for case in seeds if case.history]
    assert {case.answerable for case in follow_ups} == {True, False}
    for case in follow_ups:
        assert [turn.role for turn in case.history] == ["user", "assistant"] * (
            len(case.history) // 2
        )


def test_an_accepted_answer_of_each_case_stands_in_a_document_that_it_names(seeds):
    texts = {path.name: path.read_text("utf-8") for path in starter_documents().iterdir()}
    assert {name for case in seeds for name in case.documents} == {*texts}
    unfounded = [
        case.id
        for case in seeds
        if case.answerable
        and not any(answer_match(texts[name], case.answers) for name in case.documents)
    ]
    assert unfounded == []


def test_what_the_starter_documents_do_not_answer_names_neither_answer_nor_document(seeds):
    assert {(case.answers, case.documents) for case in seeds if not case.answerable} == {((), ())}
