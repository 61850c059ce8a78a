"""Cases as a record has them, made by hand."""


def recorded(id_="1", *, accuracy=1, abstained=False, confidence=0.8, seconds=2.0, error=None):
    """A case with an answer of a given confidence, or with none where it is None."""
    known = {} if confidence is None else {"confidence": confidence}
    return {
        "case": {"id": id_, "question": f"{id_}?"},
        "answer": None if error else {"abstained": abstained} | known,
        "scores": {"accuracy": accuracy},
        "seconds": seconds,
        "error": error,
    }


def crashed(id_="crash", **more):
    return recorded(id_, accuracy=0, error="ModelDied: gone", **more)


def searched(recall):
    return recorded(accuracy=None) | {"answer": None, "scores": {"recall@20": recall}}
