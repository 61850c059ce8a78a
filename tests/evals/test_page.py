import json
import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from lxml import html

from evals import page, record
from evals.case_scores import score_crash
from evals.runner import run
from index.document import Chunk
from qa.answer import Claim, Disagreement, Passage, Turn
from qa.settings import Settings
from tests.evals.build import REFUSAL, TEXT, answer, case, citation, result, unanswerable
from tests.evals.fake import Assistant

HOSTILE = "\"'><script>alert(1)</script> \x1b[31m\u202e<img src=http://bad.example/x>"
STARTED = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)


def asked(of, reply):
    return next(run([of], Assistant({of.question: reply})))


def recorded(*results):
    """A record as it is read back from its file."""
    made = record.report_of("mine", results, settings=Settings(caution=0.4), started=STARTED)
    return json.loads(record.as_text(record.as_json(made)))


RESULTS = (
    asked(case("right"), replace(answer(), confidence=0.91)),
    asked(case("wrong"), replace(answer("It was 250 [1]."), confidence=0.62)),
    asked(case("shy"), replace(REFUSAL, confidence=0.31)),
    asked(unanswerable("humble"), replace(REFUSAL, confidence=0.12)),
    result(score_crash(case(), retrieval_only=False), of=case("crash"), error="ModelDied: gone"),
)


def rendered(*results):
    return html.fromstring(page.render(recorded(*results)))


def text(element):
    return " ".join(element.text_content().split())


@pytest.fixture(scope="module")
def shown():
    return rendered(*RESULTS)


def test_the_head_says_what_ran_on_what_and_when(shown):
    head = text(shown.find(".//dl"))
    for said in ("scripted", "2026-03-01 09:30:00+00:00", "Cases5", "caution = 0.4"):
        assert said in head
    assert text(shown.find(".//h1")) == "Lectern evaluation: mine"
    legend = [text(entry) for entry in shown.find_class("legend")[0]]
    assert legend == ["1 right", "1 refused rightly", "1 refused wrongly", "1 wrong", "1 failed"]


def test_each_measured_metric_stands_with_its_interval_and_cases(shown):
    rows = {text(row[0]): row for row in shown.find_class("metrics")[0].iter("tr")}
    value, interval, _, cases = list(rows["accuracy"])[1:]
    assert (text(value), text(cases)) == ("0.400", "5")
    assert re.fullmatch(r"0\.\d{3} to 0\.\d{3}", text(interval))
    assert "wrong_rate lower is better" in rows


def test_the_figures_have_their_numbers(shown):
    whole = text(shown)
    assert "Expected calibration error: 0.355 over 2 answers" in whole  # (.09 + .62) / 2
    titles = [title.text for title in shown.iter("title")]
    assert any(title.startswith("0.6 to 0.7: 0.000 right of 1 (") for title in titles)
    assert "Confidence at least 0.620: 0.400 answered, 0.500 of those wrong" in titles
    assert "crash: 1.00 s" in titles
    assert whole.count("The numbers") == 2
    assert "the 2 refused cases" in whole


def test_dots_lead_to_their_cases(shown):
    ids = {each.get("id") for each in shown.find_class("case")}
    links = {link.get("href") for link in shown.iter("a")}
    assert links == {f"#{id_}" for id_ in ids} == {f"#case-{number}" for number in range(1, 6)}


def test_every_case_has_its_answer_with_quotes_passages_scores_seconds_and_error(shown):
    right, wrong, shy, humble, crash = shown.find_class("case")
    for said in ("right", "How many agents?", "2290 (in a.md)", "There were 2,290 [1].", " s"):
        assert said in text(right)
    assert right.find(".//blockquote").text == TEXT[8:36]
    passages = right.find_class("passages")[0]
    assert (passages.tag, passages.get("open")) == ("details", None)
    assert "holds the answer" in text(passages)
    assert "accuracy 1" in text(right)
    assert "confidence 0.620" in text(wrong)
    assert "refused wrongly" in text(shy)
    assert "Accepted: a refusal" in text(humble)
    assert "1.00 s" in text(crash)
    assert "ModelDied: gone" in text(crash)


def test_what_led_to_an_answer_and_what_speaks_against_it_is_shown():
    told = replace(
        answer(claims=(Claim("Nobody knows.", (), False),)),
        rewritten="How many agents in 2025?",
        disagreements=(Disagreement("b.md", "2,100", 2),),
        notes=("It was cut short.",),
    )
    shown = text(rendered(asked(case(history=(Turn("user", "Tell me."),)), told)))
    assert "user Tell me." in shown
    assert "Searched for: How many agents in 2025?" in shown
    assert "Carried by no citation: Nobody knows." in shown
    assert "The documents differ: 2,100 [2], b.md" in shown
    assert "It was cut short." in shown


def test_the_cases_are_filtered_by_the_style_sheet_alone(shown):
    picks = [pick.get("id") for pick in shown.find_class("pick")]
    assert picks == [
        "show-all", "show-right", "show-refused-rightly", "show-refused-wrongly", "show-wrong",
        "show-failed",
    ]  # fmt: skip
    style = shown.find(".//style").text
    rule = "#show-wrong:checked ~ .cases > .case:not(.wrong) { display: none; }"
    assert rule in style
    assert "prefers-color-scheme: dark" in style
    assert not list(shown.iter("script"))


def hostile():
    chunk = Chunk(1, 1, HOSTILE, HOSTILE, 0, 5, HOSTILE)
    cited = replace(citation(quote=HOSTILE), title=HOSTILE, document=HOSTILE)
    said = replace(
        answer(HOSTILE, citations=(cited,), passages=(Passage(chunk, 1.0),), model=HOSTILE),
        notes=(HOSTILE,),
        claims=(Claim(HOSTILE, (), False),),
        disagreements=(Disagreement(HOSTILE, HOSTILE, 1),),
        rewritten=HOSTILE,
    )
    asking = replace(
        case(HOSTILE, answers=(HOSTILE,), documents=(HOSTILE,)),
        question=HOSTILE,
        history=(Turn("user", HOSTILE),),
    )
    crash = result({"accuracy": 0.0}, of=asking, error=HOSTILE)
    kept = recorded(asked(asking, said), crash)
    return page.render({**kept, "set": HOSTILE, "commit": HOSTILE, "started": HOSTILE})


def test_whatever_people_documents_and_models_wrote_is_text():
    source = hostile()
    assert not re.search("\x1b|\u202e|<script|<img", source)
    shown = html.fromstring(source)
    harmless = HOSTILE.replace("\x1b", "\ufffd").replace("\u202e", "\ufffd")
    assert shown.find(".//h1").text == f"Lectern evaluation: {harmless}"
    assert [quote.text for quote in shown.iter("blockquote")] == [harmless] * 2
    assert harmless in text(shown.find_class("error")[0])


def test_the_page_fetches_nothing():
    for source in (page.render(recorded(*RESULTS)), hostile()):
        shown = html.fromstring(source)
        assert not list(shown.iter("link", "script", "img", "iframe", "object", "base"))
        assert not shown.xpath("//@src | //@srcset | //@style[contains(., 'url')]")
        assert all(link.startswith("#") for link in shown.xpath("//@href"))
        style = shown.find(".//style").text
        assert "@import" not in style
        assert "url(" not in style
        (policy,) = shown.xpath("//meta[@http-equiv]/@content")
        assert policy.startswith("default-src 'none';")


def test_an_earlier_record_without_confidence_and_start_says_so():
    kept = recorded(*RESULTS)
    del kept["started"]
    for each in kept["cases"]:
        if each["answer"]:
            del each["answer"]["confidence"]
    shown = html.fromstring(page.render(kept))
    assert "4 of 4 answers and refusals have no confidence in this record" in text(shown)
    assert "not recorded" in text(shown.find(".//dl"))
    assert len(shown.findall(".//figure")) == 1  # Seconds do not need it.


def test_search_alone_has_its_metrics_and_cases_and_no_figures():
    lost = replace(case("lost"), question="lost?")
    found = run([case(), lost], Assistant({"lost?": ()}), retrieval_only=True)
    shown = rendered(*found)
    assert not shown.findall(".//figure")
    assert "confidence" not in text(shown.find(".//main"))
    assert [each.get("class") for each in shown.find_class("case")] == [
        "case found",
        "case not-found",
    ]
    assert "recall@5 0" in text(shown.find_class("case")[1])


def test_a_run_that_finished_no_case_still_has_a_page():
    shown = rendered()
    assert "No case was finished." in text(shown)
    assert not shown.find_class("pick")
