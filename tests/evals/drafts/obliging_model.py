"""A language model that writes a fitting question, and finds what stands before it."""

import re

from index.errors import Cancelled
from qa.language_model import Chosen, Done, Piece


class ObligingModel:
    """Questions repeat their sentence with the answer taken out; answers are the first sentence.

    A test may change what it does: `question` and `answer` make the replies, `states` is the
    probability that it gives to Yes when it is shown the words in `convinced_by`. After
    `stop_after` replies the person interrupts.
    """

    name = "obliging"
    context = 2048

    def __init__(self):
        self.closed = False
        self.convinced_by = ""
        self.states = 0.99
        self.stop_after = None
        self.written = []
        self.question = asking
        self.answer = quoting

    def generate(self, messages, *, max_tokens, stop=(), begun=""):
        if self.stop_after is not None and len(self.written) >= self.stop_after:
            raise KeyboardInterrupt
        asked = messages[-1].content
        wrote = self.answer(asked) if begun == "Answer:" else self.question(asked)
        self.written.append(wrote)
        yield Piece(f" {wrote}")
        yield Done(1, 1, 0.0, stopped=True)

    def choose(self, messages, choices):
        shown = messages[-1].content.partition("\nQuestion:")[0]
        yes = self.states if self.convinced_by in shown and "…" not in shown else 0.01
        return Chosen((yes, 1 - yes), 1)

    def count(self, text):
        return len(text.split())

    def count_messages(self, messages):
        return sum(self.count(message.content) for message in messages)

    def start(self):
        """As the real one begins to load."""

    def cancel(self):
        raise Cancelled

    def close(self):
        self.closed = True


def asking(asked):
    """A question that the sentence answers, or that it leaves open."""
    sentence = asked.partition("): ")[2].partition("\n")[0]
    if "\nFact: " in asked:
        fact = asked.rpartition("\nFact: ")[2]
        return f"{fact.capitalize()} was {_named(sentence)} in those days?"
    answer = asked.rpartition("\nAnswer: ")[2]
    rest = sentence.replace(answer, "").rstrip(". ")
    if re.fullmatch(r"(?:1[0-9]|20)\d\d", answer):
        return f"In which year: {rest}?"
    opening = "How many" if re.match(r"[\d$]|six|two", answer) else "Who is meant by"
    return f"{opening}: {rest}?"


def _named(sentence):
    return " ".join(re.findall(r"[A-Z]\w+", sentence)[-3:])


def quoting(asked):
    """The first sentence that it was shown."""
    return asked.partition(") ")[2].partition("\nQuestion:")[0].partition(" … ")[0]
