"""Questions as queries for FTS5, SQLite's word index."""

import unicodedata

MOST_TERMS = 64
"""A pasted page is a poor query: what counts stands in its first words."""

_STOPWORDS = """
a about after all also am an and any are as at be because been before being both but by can could
did do does doing done during each for from further had has have having he her hers him his how i
if in into is it its itself just me more most my no nor not of off on once only or other our out
over own s same said say says she should so some such t tell than that the their them then there
these they this those through to too under until up was we were what when where which while who
whom whose why will with would you your
"""
STOPWORDS = frozenset(_STOPWORDS.split())
"""English words that tell nothing about what a question is about."""


def terms(text: str) -> list[str]:
    """The words of `text` as FTS5's unicode61 tokenizer would part them, in small letters.

    >>> terms('The "I.R.S." agents, 2,290')
    ['the', 'i', 'r', 's', 'agents', '2', '290']
    """
    spaced = "".join(letter if _in_word(letter) else " " for letter in text)
    return spaced.lower().split()


def _in_word(letter: str) -> bool:
    return unicodedata.category(letter)[0] in "LNM"


def match_any(text: str) -> str:
    """An FTS5 query for the rows that hold any word of `text`; empty if it has no words.

    Every word is quoted, so nothing in a question is taken for FTS5's syntax.

    >>> match_any("Who signed the memo?")
    '"signed" OR "memo"'
    """
    words = list(dict.fromkeys(terms(text)))
    telling = [word for word in words if word not in STOPWORDS] or words
    return " OR ".join(quoted(word) for word in telling[:MOST_TERMS])


def quoted(term: str) -> str:
    """One term as an FTS5 string."""
    return '"' + term.replace('"', '""') + '"'
