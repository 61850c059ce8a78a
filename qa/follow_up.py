"""A question that leans on the conversation becomes one that stands alone."""

import re
from collections.abc import Sequence
from dataclasses import replace

from index.words import STOPWORDS
from qa.answer import Turn
from qa.moment import Moment, moment_of
from qa.question import AUXILIARIES
from qa.specifics import is_negated, specifics
from qa.terms import stems

_PERIOD = (
    r"(?:morning|afternoon|evening|week|weekend|month|quarter|spring|summer|autumn|fall|winter"
    r"|season|year|decade|century)"
)
_JUDGED = (
    r"(?:il)?legal|lawful|(?:im)?possible|(?:un)?safe|dangerous|risky|easy|easier|hard|harder"
    r"|difficult|(?:un)?necessary|(?:un)?important|(?:un)?common|(?:ab)?normal|usual|rare|good|bad"
    r"|better|best|wise|fair|(?:un)?true|(?:un)?likely|(?:un)?clear|right|wrong|ok|okay|allowed"
    r"|permitted|forbidden|cheaper|faster|customary|polite|rude"
)
_EXPLETIVE = (
    r"it(?= (?:take|takes|took|taken|cost|costs)(?: \w+){0,3}? to \w+ \w+"
    r"| means? (?:when|if|to (?:be|have|do))\b"
    rf"| (?:(?:is|was|be) )?(?:{_JUDGED})(?: for(?: \w+){{1,3}}?)? (?:to \w+ \w+|that \w+))"
)
"""An "it" that stands for what follows: "Is it legal to fish there?"; not so where nothing is left
for what it would be done to, as in "Is it safe to drink?"."""
_BEHIND_ONE = (
    r"(?:is|are|was|were|do|does|did|has|have|had|will|would|can|could|should|may|might|in|on|at"
    r"|from|with|without|by|to|for|before|after|that|which|who|and|or|but|there|here)"
)
"""What stands behind a "one" that means something named before; "one term", "one of" count."""
_POINTS_BACK = re.compile(
    rf"\b(?!{_EXPLETIVE})(?:(?P<object>it(?=\W*$| (?:to|from|in|into|on|onto|at|with|for|by|about"
    r"|after|before|during|when|while|because|and|or|as|over|up|down|out|off|back|away|again)\b)"
    rf"|them|those(?! (?:who|that|which)\b)|these(?! days\b)|this(?! {_PERIOD}\b))"
    r"|he|she|it|they|him|her|his|hers|its|their|theirs"
    rf"|(?<!\bno )(?<!\bno-)(?:ones|one(?=\W*$|,| {_BEHIND_ONE}\b))"
    r"|(?:the|that|this) (?!number )(?:\w+ )?one(?! of\b)|an? (?!number )\w+ one(?! of\b)"
    r"|(?<=does )one(?= \w+\W*$)"
    r"|the (?:same|former|latter)"
    r"|(?:about|of|for|from|with|do|does|did|is|was|to|after|before) that"
    r"|(?<!is )(?<!are )(?<!was )(?<!were )there(?! (?:is|are|was|were|been|be)\b))\b",
    re.IGNORECASE,
)
"""An `object` is what something is done to: no name that stands before it is the one it means."""
_CUT_SHORT = re.compile(
    r"\W*(?i:how (?:many|much|often|long|far|high|old|big|large|tall)|who|whom|what|when|where"
    r"|which|why) (?i:in|on|at|for|from|of|by|with|to|about|under|among|during|since|after|before)"
    r"(?: the)?(?: [A-Z][\w'’.-]*)+\W*"
)
"""What asks with nothing but a name, as in "How many in Oslo?"."""
_CONTINUES = re.compile(
    r"\W*(?:(?:and|but|or|so|also|then|what about|how about|how so|which ones?)\b"
    r"|(?:why|how come)(?: not)?\W*$)",
    re.IGNORECASE,
)
"""Begins as what goes on does; a "why" does so only where nothing follows it."""
_ANYBODY = re.compile(r"\b(?:no|any|some|every)[ -]?(?:one|body)\b", re.IGNORECASE)
"""Who names nobody, and stands for nobody who was named."""
_QUESTION_WORDS = ("who whom whose", "what which", "when", "where", "why", "how")
"""Those in a group may stand for one another."""
_BACK_STEMS = frozenset({"one", "former", "latter"})
"""Stems of words that only point back."""
_OTHER_TIME = re.compile(
    r"\d{4}|\b(?:years?|months?|weeks?|decades?|ago|before|earlier|previous(?:ly)?|first|ever)\b",
    re.IGNORECASE,
)
"""Words for a time that is not the newest."""
_LONGEST_REWRITE = 60
"""Words: a longer reply is no question."""
_AUXILIARY_LAST = re.compile(rf"\b(?:{AUXILIARIES})\W*$", re.IGNORECASE)
_A_NAME_IN_SMALL = 2
"""Telling words before a pronoun that name what it means, in a question without capitals."""
_LONGEST_CHAIN = 3
"""Questions that one may lean on, each on the one before it."""


def leans(question: str, history: Sequence[Turn]) -> bool:
    """Whether a question needs the conversation before it to be understood.

    >>> leans("How many of them?", [Turn("user", "Who are the agents?")])
    True
    >>> leans("Who founded the Lund library?", [Turn("user", "Who are the agents?")])
    False
    >>> leans("Why were agents sent to the border?", [Turn("user", "Who are the agents?")])
    False
    """
    if not history:
        return False
    if _CONTINUES.match(question):
        return True
    if _CUT_SHORT.fullmatch(question):
        return True
    if backs := list(_POINTS_BACK.finditer(question)):
        return any(_is_open(back, question) for back in backs)
    if _ANYBODY.search(question):
        return False
    return len(stems(question)) < 3 and not specifics(question).names


def moment_in(question: str, history: Sequence[Turn]) -> tuple[Moment, tuple[Turn, ...]]:
    """When a question is asked, and the conversation before it without its "As of …:".

    A follow-up that names no day is asked on the day of the latest question that named one, and is
    about the newest if the question before it was and it speaks of no other time.

    >>> moment, history = moment_in("Who lost it?", [Turn("user", "As of 2026-01-15: Who won?")])
    >>> moment.day, history[0].content
    (datetime.date(2026, 1, 15), 'Who won?')
    """
    moment = moment_of(question)
    day, before, undated = None, None, list(history)
    for at, turn in enumerate(history):
        if turn.role == "user":
            said = moment_of(turn.content)
            day, undated[at] = said.day or day, replace(turn, content=said.question)
            if said.now or not leans(said.question, history[:at]):
                before = said
    if moment.day is None and before and leans(moment.question, history):
        moment = replace(moment, day=day)
        if not moment.now and not _OTHER_TIME.search(moment.question):
            moment = replace(moment, now=before.now, reach=before.reach)
    return moment, tuple(undated)


def _is_open(back: re.Match[str], question: str) -> bool:
    """Whether a question itself does not say what its pronoun means.

    "What did Noem say she wanted?" names whom it means; "What did Noem do about it?" does not.
    """
    before, behind = question[: back.start()], question[back.end() :].strip(" ?.!")
    named = specifics(before).names - STOPWORDS
    if not (named or (question.islower() and _names_in_small(before))) or not behind:
        return True
    # "the Arle bridge … how long this bridge is"
    return bool(back["object"]) and not set(stems(behind)[:1]) & set(stems(before))


def _names_in_small(before: str) -> bool:
    """Whether what stands before a pronoun names what it means, where no name has a capital.

    >>> _names_in_small("where did the tom turkey get "), _names_in_small("how many seats did ")
    (True, False)
    """
    is_subject = _AUXILIARY_LAST.search(before) and " and " not in before
    return not is_subject and len(stems(before)) >= _A_NAME_IN_SMALL


def faithful(rewrite: str, question: str, history: Sequence[Turn]) -> bool:
    """Whether a model's rewrite still asks, and brings in nothing that was not said before.

    A small model sometimes answers instead of asking, or repeats what was asked.
    """
    said = " ".join([question, *(turn.content for turn in history)])
    known = specifics(said)
    found = specifics(rewrite)
    words = set(re.findall(r"\w+", said.lower()))
    return (
        0 < len(rewrite.split()) <= _LONGEST_REWRITE
        and (rewrite.endswith("?") or not question.endswith("?"))
        and not any(_same(rewrite, each) for each in (question, *_questions(history)))
        and found.numbers <= known.numbers
        and all(name in words or name in known.names for name in found.names)
        and _asks_the_same(rewrite, question, said)
    )


def _asks_the_same(rewrite: str, question: str, said: str) -> bool:
    """Whether a rewrite keeps most telling words, the question word and the "not" of a question.

    A "not" that the question leaves out may come from what was said, as after "It is not lit.".
    """
    own = set(stems(question)) - _BACK_STEMS
    kept = own & set(stems(rewrite))
    return (
        (not own or 2 * len(kept) > len(own))
        and _question_word(question) in ("", _question_word(rewrite))
        and is_negated(question) <= is_negated(rewrite) <= is_negated(said)
    )


def _question_word(question: str) -> str:
    """The group of the word that a question begins to ask with; empty where it has none.

    >>> _question_word("And whom did it help?"), _question_word("What about the ferry?")
    ('who whom whose', '')
    """
    plain = re.sub(r"\b(?:what|how) (?:about|come|so)\b", "", question.lower())
    asked = (
        group
        for word in re.findall(r"[a-z]+", plain)
        for group in _QUESTION_WORDS
        if word in group.split()
    )
    return next(asked, "")


def _same(one: str, other: str) -> bool:
    return one.lower().split() == other.lower().split()


def with_context(question: str, history: Sequence[Turn]) -> str:
    """The question with those before it that it leans on: what is searched for without a model.

    >>> history = [Turn("user", "Who was Ada Holm?"), Turn("user", "When was she born?")]
    >>> with_context("And where?", history)
    'Who was Ada Holm? When was she born? And where?'
    """
    asked = _questions(history)
    leaned_on: list[str] = []
    while asked and len(leaned_on) < _LONGEST_CHAIN:
        leaned_on.append(asked.pop())
        if not leans(leaned_on[-1], [Turn("user", each) for each in asked]):
            break
    return " ".join([*reversed(leaned_on), question])


def _questions(history: Sequence[Turn]) -> list[str]:
    return [turn.content for turn in history if turn.role == "user"]
