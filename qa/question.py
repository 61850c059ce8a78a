"""A question as it was given."""

from index.errors import EmptyQuestion


def stripped(question: str) -> str:
    """The question without the white space around it.

    Raises:
        EmptyQuestion: If nothing is left.
    """
    if not (asked := question.strip()):
        raise EmptyQuestion
    return asked
