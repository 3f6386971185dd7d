"""What an expression is on one record: known, missing or an error; and how answers combine (language.md, Truth)."""

from dataclasses import dataclass, field
from itertools import combinations


@dataclass(frozen=True)
class Known:
    value: object
    # The facts a code or set stands on: it may be too coarse, or not wholly read, for the question it is asked.
    facts: frozenset = frozenset()
    # A set of which something could not be read.
    open: bool = False


@dataclass(frozen=True)
class Missing:
    facts: frozenset = field(default_factory=frozenset)


@dataclass(frozen=True)
class Error:
    why: str


def holds(answer):
    return isinstance(answer, Known) and answer.value is True


def fails(answer):
    return isinstance(answer, Known) and answer.value is False


def first_error(answers):
    return next((answer for answer in answers if isinstance(answer, Error)), None)


def needed(answers):
    """The union of what missing answers need; None where none is missing."""
    missing = [answer for answer in answers if isinstance(answer, Missing)]
    return Missing(frozenset().union(*(answer.facts for answer in missing))) if missing else None


def strict(answers):
    """Why a strict operation does not compute: an error wins, then missing; None where all are known."""
    return first_error(answers) or needed(answers)


def all_of(answers):
    if any(fails(answer) for answer in answers):
        return Known(False)
    return needed(answers) or first_error(answers) or Known(True)


def any_of(answers):
    if any(holds(answer) for answer in answers):
        return Known(True)
    return needed(answers) or first_error(answers) or Known(False)


def negation(answer):
    return Known(not answer.value) if isinstance(answer, Known) else answer


def at_least(count, answers):
    """Some `count` of them all hold: said in full, not counted."""
    return any_of([all_of(list(some)) for some in combinations(answers, count)])
