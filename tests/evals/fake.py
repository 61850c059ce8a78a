"""An assistant that says what it was told to."""

from index.errors import ModelDied
from qa.answer import Finished, Found, Token
from tests.evals.build import TEXT, answer, passage


class Assistant:
    """Replies by question; an exception as a reply is raised midway."""

    def __init__(self, replies=None):
        self.replies = replies or {}
        self.asked = []
        self.limits = []
        self.closed = False
        self.cleaned = 0

    def ask(self, question, *, history=()):
        self.asked.append((question, history))
        try:
            reply = self.replies.get(question, answer())
            yield Found((), None)
            yield Token("Th")
            if isinstance(reply, BaseException):
                raise reply
            yield Finished(reply)
        finally:
            self.cleaned += 1

    def search(self, question, *, history=(), limit):
        self.asked.append((question, history))
        self.limits.append(limit)
        reply = self.replies.get(question, (passage("a.md"),))
        if isinstance(reply, BaseException):
            raise reply
        return reply

    def text_of(self, document_id):
        return {1: TEXT}[document_id]

    def close(self):
        self.closed = True


DIED = ModelDied("The model's process ended.")
