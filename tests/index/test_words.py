"""Questions become safe FTS5 queries."""

from index.words import MOST_TERMS, match_any, terms


def test_terms_are_parted_as_fts5_parts_them() -> None:
    assert terms("Self-made, U.S. 2,290 café_x") == [
        "self",
        "made",
        "u",
        "s",
        "2",
        "290",
        "café",
        "x",
    ]


def test_stopwords_are_dropped_unless_nothing_is_left() -> None:
    assert match_any("What is the memo?") == '"memo"'
    assert match_any("Who is it?") == '"who" OR "is" OR "it"'
    assert match_any("?!") == ""


def test_a_pasted_page_is_cut() -> None:
    assert match_any(" ".join(f"w{n}" for n in range(999))).count(" OR ") == MOST_TERMS - 1
