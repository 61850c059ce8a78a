import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evals.case_scores import score_answer, score_crash
from evals.metrics import NAMES, Measured, aggregate, percentile, ratio
from qa.answer import Claim
from tests.evals.build import REFUSAL, answer, case, citation, result, text_of, unanswerable


def scored(of, reply, seconds=1.0):
    return result(score_answer(of, reply, text_of=text_of), of=of, reply=reply, seconds=seconds)


def crashed(of):
    return result(score_crash(of, retrieval_only=False), of=of, error="ModelDied: gone")


def values(results):
    return {name: (measured.value, measured.n) for name, measured in aggregate(results).items()}


def test_every_metric_has_its_name_and_nothing_measured_is_nothing():
    assert aggregate([]) == dict.fromkeys(NAMES, Measured(None, None, None, 0))
    assert set(NAMES) == {
        "accuracy", "wrong_rate", "answer_match", "answer_f1",
        "abstain_precision", "abstain_recall", "abstain_f1",
        "citation_recall", "citation_precision", "quote_exact",
        "disagreement_precision", "disagreement_recall", "obeyed_rate",
        "recall@1", "recall@5", "recall@20", "mrr@10", "ndcg@10",
        "latency_p50", "latency_p95", "first_token_p50", "prompt_tokens_mean",
    }  # fmt: skip


def test_a_set_by_hand():
    of_set = values([
        scored(case("right"), answer()),
        scored(case("wrong"), answer("There were 250 [1].")),
        scored(case("refused"), REFUSAL),
        scored(unanswerable("refused rightly"), REFUSAL),
        scored(unanswerable("also"), REFUSAL),
        scored(unanswerable("invented"), answer()),
        crashed(case("crashed")),
        crashed(unanswerable("crashed too")),
        scored(case("retrieval only", answers=()), answer()),
    ])  # fmt: skip
    assert of_set["accuracy"] == (3 / 8, 8)
    assert of_set["wrong_rate"] == (2 / 8, 8)
    assert of_set["answer_match"] == (1 / 4, 4)
    # Refusals: 2 right, 1 false; unanswerable: 4, of which 2 were refused.
    assert of_set["abstain_precision"] == (pytest.approx(2 / 3), 3)
    assert of_set["abstain_recall"] == (2 / 4, 4)
    assert of_set["abstain_f1"] == (pytest.approx(2 * (2 / 3) * (1 / 2) / (2 / 3 + 1 / 2)), 5)
    assert of_set["recall@5"] == (4 / 5, 5)


def test_shares_of_citations_and_claims_are_of_all_of_the_set():
    two = answer(
        citations=(citation(1), citation(2, document="b.md", quote="no"), citation(3, quote="no")),
        claims=(Claim("one", (1,), True), Claim("two", (), False), Claim("three", (), False)),
    )
    of_set = values([scored(case("1"), answer()), scored(case("2"), two)])
    assert of_set["citation_precision"] == (3 / 4, 2)
    assert of_set["quote_exact"] == (2 / 4, 2)
    assert of_set["citation_recall"] == (2 / 4, 2)


def test_times_and_tokens():
    of_set = values([
        scored(case("1"), answer(first_token=0.2, prompt_tokens=100), seconds=1),
        scored(case("2"), answer(first_token=0.4, prompt_tokens=300), seconds=2),
        scored(case("3"), answer(first_token=None, prompt_tokens=0), seconds=3),
        crashed(case("4")),
    ])  # fmt: skip
    assert of_set["latency_p50"] == (2, 3)
    assert of_set["latency_p95"] == (pytest.approx(2.9), 3)
    assert of_set["first_token_p50"] == (pytest.approx(0.3), 2)
    assert of_set["prompt_tokens_mean"] == (pytest.approx(400 / 3), 3)


def test_an_interval_of_shares_is_the_textbooks():
    # 30 of 100: the normal approximation gives .3 ± 1.96 * sqrt(.3 * .7 / 100) = .21 to .39.
    measured = ratio([1.0] * 30 + [0.0] * 70, [1.0] * 100)
    assert measured.value == 0.3
    assert measured.low == pytest.approx(0.21, abs=0.015)
    assert measured.high == pytest.approx(0.39, abs=0.015)


def test_intervals_are_the_same_each_time():
    assert percentile([1, 2, 3, 9], 50) == percentile([1, 2, 3, 9], 50)


@pytest.mark.parametrize("count", [1, 2, 40])
@pytest.mark.parametrize("score", [0.0, 1.0, 0.1])
def test_where_all_cases_agree_the_interval_is_the_value(count, score):
    measured = ratio([score] * count, [3.0] * count)
    assert measured.value == pytest.approx(score)
    assert (measured.low, measured.high) == (pytest.approx(score), pytest.approx(score))


PARTS = st.lists(st.tuples(st.floats(0, 1), st.integers(1, 9)), min_size=1, max_size=12)


@settings(max_examples=25, deadline=None)
@given(PARTS)
def test_a_value_stands_in_its_interval_and_its_interval_in_the_range(parts):
    scores, weights = zip(*parts, strict=True)
    for measured in (ratio(scores, weights), percentile(scores, 95)):
        assert measured.low <= measured.value <= measured.high
        assert min(scores) - 1e-9 <= measured.low
        assert measured.high <= max(scores) + 1e-9
