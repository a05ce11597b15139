"""What waits for a person on the first page: features leave here a question that is asked when the page is shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.people.permissions import Actor


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits: `over` says where (an edition), `title` what, `text` why, `do` what the button says.

    All are words in the reader's language. What is `urgent` stands first and is marked.
    """

    title: str
    url: str
    do: str
    over: str = ""
    text: str = ""
    urgent: bool = False


Question = Callable[[Actor], Sequence[Waiting]]
_questions: dict[str, tuple[int, Question]] = {}


def register(name: str, question: Question, order: int = 50) -> None:
    """Ask this whenever somebody opens the first page; registering a name again replaces it."""
    _questions[name] = (order, question)


def for_actor(actor: Actor) -> list[Waiting]:
    """All that waits for a person, what is urgent first."""
    asked = [question(actor) for _, question in sorted(_questions.values(), key=lambda pair: pair[0])]
    return sorted((one for some in asked for one in some), key=lambda one: not one.urgent)
