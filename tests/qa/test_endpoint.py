"""A model behind an OpenAI-compatible endpoint, and what is made of its answers."""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from index.errors import EndpointRefused, ModelDied, ModelError, QuestionTooLong
from qa import cli
from qa.answer import Reading
from qa.endpoint import EndpointModel
from qa.language_model import Done, Message, Piece, Writing
from tests.hashing_embedder import HashingEmbedder
from tests.qa.conftest import LIBRARY, LIT, MakeAssistant, Shelve, answer_of
from tests.qa.loopback_endpoint import Endpoint, serving

ASKED = (Message("system", "Answer."), Message("user", "Who designed the tower?"))
WHEN = "When was the Skerry light first lit?"
YES_NO = ("Yes", "No")

Serve = Callable[..., tuple[EndpointModel, Endpoint]]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """A model whose endpoint is as the arguments say, and that endpoint."""
    with ExitStack() as stack:

        def serve(**behaviour: object) -> tuple[EndpointModel, Endpoint]:
            endpoint = stack.enter_context(serving(Endpoint(**behaviour)))  # type: ignore[arg-type]
            model = EndpointModel(f"{endpoint.address}#own")
            return stack.enter_context(closing(model)), endpoint

        yield serve


def written(
    model: EndpointModel, *, stop: Sequence[str] = (), begun: str = ""
) -> tuple[str, list[Writing]]:
    events = list(model.generate(ASKED, max_tokens=50, stop=stop, begun=begun))
    return "".join(event.text for event in events if isinstance(event, Piece)), events


def done_of(events: Sequence[Writing]) -> Done:
    assert isinstance(events[-1], Done)
    return events[-1]


def test_a_reply_is_read_then_written_then_done(serve: Serve) -> None:
    model, _ = serve()
    total = model.count_messages(ASKED)
    events = written(model)[1]
    assert events[:2] == [Reading(0, total), Reading(total, total)]
    assert events[2:-1] == [Piece("Anna "), Piece("Holm.")]
    done = done_of(events)
    assert (done.prompt_tokens, done.completion_tokens, done.reused) == (70, 9, 40)
    assert done.stopped
    assert done.first_token is not None
    assert done.first_token > 0


def test_the_likeliest_reply_is_asked_for(serve: Serve) -> None:
    model, endpoint = serve()
    written(model, stop=("\n",))
    (asked,) = endpoint.asked
    assert endpoint.paths == ["/v1/chat/completions"]
    assert asked["model"] == "own"
    assert asked["messages"] == [{"role": m.role, "content": m.content} for m in ASKED]
    assert (asked["temperature"], asked["max_tokens"], asked["stop"]) == (0, 50, ["\n"])
    assert (asked["stream"], asked["stream_options"]) == (True, {"include_usage": True})


def test_a_server_that_counts_no_tokens_has_them_estimated(serve: Serve) -> None:
    model, _ = serve(usage=False, sure=None)
    done = done_of(written(model)[1])
    assert done.prompt_tokens == model.count_messages(ASKED)
    assert done.completion_tokens == model.count("Anna Holm.") == 3
    assert model.choose(ASKED, YES_NO).prompt_tokens == done.prompt_tokens


def test_a_reply_that_became_too_long_did_not_stop(serve: Serve) -> None:
    model, _ = serve(reason="length")
    assert not done_of(written(model)[1]).stopped


def test_nothing_is_asked_for_no_tokens(serve: Serve) -> None:
    model, endpoint = serve()
    reading, done = model.generate(ASKED, max_tokens=0)
    assert isinstance(reading, Reading)
    assert isinstance(done, Done)
    assert (done.completion_tokens, done.first_token) == (0, None)
    assert endpoint.paths == []


@pytest.mark.parametrize(
    ("reply", "kept"),
    [
        (("Ans", "wer", ":", " Anna."), " Anna."),
        ((" Answer: Anna.",), " Anna."),
        (("Ans", "gar did."), "Ansgar did."),
        (("Anna. Answer: no",), "Anna. Answer: no"),
        (("An",), "An"),
        (("  ", "Anna."), "  Anna."),
    ],
)
def test_the_words_that_a_reply_is_begun_with_are_not_among_its_pieces(
    serve: Serve, reply: tuple[str, ...], kept: str
) -> None:
    model, endpoint = serve(reply=reply)
    assert written(model, begun="Answer:")[0] == kept
    said = [message["content"] for message in endpoint.asked[0]["messages"]]
    assert said == ["Answer.", "Who designed the tower?\nAnswer:"]


def test_a_reply_keeps_its_white_space(serve: Serve) -> None:
    model, _ = serve(reply=(" Anna", " Holm "))
    assert written(model)[0] == " Anna Holm "


def test_a_reply_ends_before_a_stop_string_that_the_server_overlooked(serve: Serve) -> None:
    model, endpoint = serve(reply=("Anna Holm", ".\nUs", "er: and?"), endless=True)
    text, events = written(model, stop=("\nUser:",))
    assert text == "Anna Holm."
    assert done_of(events).stopped
    assert endpoint.left.wait(5)


@pytest.mark.parametrize("grain", [1, 3, 0])
def test_characters_come_whole_however_they_are_cut(serve: Serve, grain: int) -> None:
    reply = "Zürich\u2028„日本“\x85🗼"  # U+2028 and U+0085 end a line for Unicode, not for events
    model, _ = serve(reply=(reply[:5], reply[5:]), grain=grain)
    assert written(model)[0] == reply


def test_a_choice_is_as_probable_as_the_tokens_that_begin_it(serve: Serve) -> None:
    sure = (("Yes", 0.5), (" y", 0.1), ("\n", 0.1), ("NO", 0.15), ("Nobody", 0.05), ("Maybe", 0.1))
    model, endpoint = serve(sure=sure)
    chosen = model.choose(ASKED, YES_NO)
    assert chosen.probabilities == pytest.approx((0.8, 0.2))
    assert (chosen.prompt_tokens, chosen.reused) == (70, 40)
    (asked,) = endpoint.asked
    assert (asked["max_tokens"], asked["logprobs"], asked["top_logprobs"]) == (1, True, 20)


def test_a_choice_among_no_likely_tokens_is_nearly_impossible(serve: Serve) -> None:
    model, _ = serve(sure=(("Yes", 0.999),))
    yes, no = model.choose(ASKED, YES_NO).probabilities
    assert 0 < no < 1e-5
    assert yes + no == pytest.approx(1)


@pytest.mark.parametrize(
    ("word", "probabilities"),
    [("No", (0.05, 0.9, 0.05)), (" yes,", (0.9, 0.05, 0.05)), ("Well", (1 / 3,) * 3)],
)
def test_a_server_without_probabilities_is_taken_at_its_word(
    serve: Serve, word: str, probabilities: tuple[float, ...]
) -> None:
    model, _ = serve(reply=(word,), sure=None)
    assert model.choose(ASKED, (*YES_NO, "Other")).probabilities == pytest.approx(probabilities)


def test_a_server_that_refuses_to_tell_probabilities_is_asked_without(serve: Serve) -> None:
    model, endpoint = serve(reply=("No",), sure=None, refuses_logprobs=True)
    assert model.choose(ASKED, YES_NO).probabilities == pytest.approx((0.1, 0.9))
    assert ["logprobs" in asked for asked in endpoint.asked] == [True, False]


def test_without_a_name_the_first_model_listed_is_asked_for_once(serve: Serve) -> None:
    _, endpoint = serve()
    model = EndpointModel(endpoint.address)
    model.start()
    assert (model.name, endpoint.paths) == (endpoint.address, [])
    written(model)
    model.choose(ASKED, YES_NO)
    assert model.name == "first"
    assert endpoint.paths == ["/v1/models", *["/v1/chat/completions"] * 2]
    assert {asked["model"] for asked in endpoint.asked} == {"first"}


def test_an_endpoint_without_models_is_named(serve: Serve) -> None:
    _, endpoint = serve(models=())
    with pytest.raises(ModelError, match="lists no model") as raised:
        written(EndpointModel(endpoint.address))
    assert f"{endpoint.address}#MODEL" in raised.value.hint


@pytest.mark.parametrize(
    ("status", "body", "words"),
    [
        (404, b'{"error": {"message": "model \\"own\\" not found"}}', '404: model "own" not found'),
        (500, b"<h1>Oops</h1>", "500: <h1>Oops</h1>"),
        (401, b'{"error": "no key\\u001b[2J"}', "401: no key�[2J"),
        (400, b'{"detail": 3}', "400: {'detail': 3}"),
        (503, b"", "503: no reason was given"),
        (302, b"", "302: no reason was given"),
        (200, b'data: {"error": {"message": "out of memory"}}\n\n', "error: out of memory"),
    ],
)
def test_what_a_server_complains_of_is_passed_on(
    serve: Serve, status: int, body: bytes, words: str
) -> None:
    model, endpoint = serve(status=status, body=body)
    with pytest.raises(EndpointRefused) as raised:
        written(model)
    assert endpoint.address in str(raised.value)
    assert str(raised.value).endswith(words)
    assert "/v1" in raised.value.hint
    assert endpoint.paths == ["/v1/chat/completions"]  # and nowhere that it sent us to


@pytest.mark.parametrize("status", [400, 200])
def test_a_prompt_beyond_the_context_is_called_too_long(serve: Serve, status: int) -> None:
    said = '{"error": {"message": "the request exceeds the available context size"}}'
    model, endpoint = serve(
        status=status, body=(f"data: {said}\n\n" if status == 200 else said).encode()
    )
    with pytest.raises(QuestionTooLong, match="available context size") as raised:
        written(model)
    assert endpoint.address in str(raised.value)
    assert raised.value.hint


@pytest.mark.parametrize(
    "body", [b"<html>Welcome</html>", b"data: {'single': 1}\n\n", b"data: \xff\n\n", b"", b"{}"]
)
def test_what_is_no_endpoint_is_said_to_be_none(serve: Serve, body: bytes) -> None:
    model, endpoint = serve(body=body)
    with pytest.raises(ModelError, match="not as an OpenAI-compatible") as raised:
        written(model)
    assert endpoint.address in str(raised.value)
    assert "/v1" in raised.value.hint


def test_a_choice_that_is_no_json_is_no_endpoint_s(serve: Serve) -> None:
    model, _ = serve(body=b"<html>Welcome</html>")
    with pytest.raises(ModelError, match="not as an OpenAI-compatible"):
        model.choose(ASKED, YES_NO)


@pytest.mark.parametrize("how", ["chunk", "close"])
def test_a_connection_that_breaks_off_is_a_model_that_died(serve: Serve, how: str) -> None:
    model, endpoint = serve(broken_off=how)
    events = model.generate(ASKED, max_tokens=50)
    assert [next(events) for _ in range(3)][-1] == Piece("Anna ")
    with pytest.raises(ModelDied) as raised:
        list(events)
    assert endpoint.address in str(raised.value)
    endpoint.broken_off = ""
    assert written(model)[0] == "Anna Holm."


def test_an_answer_by_an_endpoint_is_checked_and_cited(
    serve: Serve, assistant: MakeAssistant
) -> None:
    model, endpoint = serve(reply=("Answer: It was first", " lit in 1846."))
    answer = answer_of(assistant(model).ask(WHEN))
    assert answer.text.startswith("It was first lit in 1846. [1]")
    assert answer.citations[0].quote == LIT
    assert (answer.model, answer.quoted) == ("own", False)
    assert LIT in endpoint.asked[0]["messages"][-1]["content"]


def test_evidence_is_quoted_where_an_endpoint_breaks_off(
    serve: Serve, assistant: MakeAssistant
) -> None:
    model, endpoint = serve(broken_off="chunk")
    answer = answer_of(assistant(model).ask(WHEN))
    assert answer.quoted
    assert any(endpoint.address in note for note in answer.notes)


@pytest.mark.usefixtures("no_settings_from_outside")
def test_the_command_line_asks_the_endpoint_that_is_set(
    serve: Serve,
    shelve: Shelve,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    shelve(LIBRARY)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("qa.wiring.Embedder", lambda name, *, home: HashingEmbedder())
    _, endpoint = serve(reply=("It was first lit in 1846.",))
    assert cli.main(["models", "use", f"{endpoint.address}#mine"]) == 0
    capsys.readouterr()
    assert cli.main(["ask", WHEN, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["model"] == "mine"
    assert LIT in endpoint.asked[0]["messages"][-1]["content"]
    assert cli.main(["ask", WHEN, "--model", "http://8.8.8.8/v1#mine"]) == 1
    assert "would leave" in capsys.readouterr().err
