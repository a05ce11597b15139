"""What ought to hold, said once more and differently: the whole truth is worked out anew from a list of what arrived.

It knows nothing of the product but the words of its events. Slow and plain on purpose.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

Event = dict[str, Any]


@dataclass
class Reference:
    """Everything that reached the server, in its order. `teaches` says who may speak; `list` who is enrolled."""

    sessions: set[str]
    enrolled: set[str]
    teaches: set[str]
    arrived: list[tuple[str, Event, float]] = field(default_factory=list)
    matched: dict[str, str] = field(default_factory=dict)

    def arrive(self, who: str, event: Event, off_minutes: float) -> None:
        """An event reached the server, from a phone whose clock was behind by this much."""
        self.arrived.append((who, event, off_minutes))

    def judged(self) -> tuple[dict[str, tuple[Event, float]], set[str]]:
        """Accepted events by uid with their clock's fault, and the fingerprints of what was kept as odd."""
        owner: dict[str, str] = {}
        for _, event, _ in self.arrived:
            owner.setdefault(event["uid"], json.dumps(event, sort_keys=True))
        mine = [one for one in self.arrived if owner[one[1]["uid"]] == json.dumps(one[1], sort_keys=True)]
        accepted: dict[str, tuple[Event, float]] = {}
        bad = {
            event["uid"]: event
            for who, event, _ in mine
            if not self._makes_sense(event) or (who in self.teaches and not self._is_of_somebody(event))
        }
        changed = True
        while changed:
            changed = False
            for who, event, off in mine:
                uid = event["uid"]
                if uid in accepted or uid in bad or who not in self.teaches:
                    continue
                if self._names_what_is_there(event, accepted, bad):
                    accepted[uid] = (event, off)
                    changed = True
                elif self._is_of_another(event, accepted, bad):
                    bad[uid] = event
                    changed = True
        odd = {text for text in {json.dumps(event, sort_keys=True) for _, event, _ in self.arrived}
               if json.loads(text)["uid"] not in accepted or owner[json.loads(text)["uid"]] != text}  # fmt: skip
        return accepted, odd

    def _makes_sense(self, event: Event) -> bool:
        """Whether it can be read at all."""
        if event["kind"] != "mark":
            return True
        minutes = event.get("minutes")
        return (event["mark"] == "partial") == (minutes is not None) and minutes in (None, *range(1, 1441))

    def _is_of_somebody(self, event: Event) -> bool:
        """Whether the person it names is on the list; a walk-in may come yet."""
        return not event.get("enrolment") or event["enrolment"] in self.enrolled

    def _about(self, event: Event) -> tuple[str, str]:
        return event["session"], event.get("enrolment") or event["walk_in"]

    def _names_what_is_there(self, event: Event, accepted: dict[str, Any], bad: dict[str, Event]) -> bool:
        if event["kind"] == "walk_in":
            return True
        came = event.get("walk_in")
        if came and not (came in accepted and accepted[came][0]["session"] == event["session"]):
            return False
        for uid in event.get("supersedes", ()):
            earlier = accepted[uid][0] if uid in accepted else bad.get(uid)
            if earlier is None or earlier["kind"] != "mark" or self._about(earlier) != self._about(event):
                return False
        return True

    def _is_of_another(self, event: Event, accepted: dict[str, Any], bad: dict[str, Event]) -> bool:
        """Whether it corrects what is known to be somebody else's."""
        known = [accepted[uid][0] if uid in accepted else bad.get(uid) for uid in event.get("supersedes", ())]
        return any(one and (one["kind"] != "mark" or self._about(one) != self._about(event)) for one in known)

    def holds(self, made_at: Any) -> dict[tuple[str, str], tuple[Any, ...]]:
        """What ought to hold of each person in each session: mark, minutes, what contradicts it, what says the same."""
        accepted, _ = self.judged()
        groups: dict[tuple[str, str], list[tuple[Any, str, Event]]] = {}
        for uid, (event, off) in accepted.items():
            session, whom = self._about(event) if event["kind"] == "mark" else ("", "")
            whom = self.matched.get(whom, whom)
            if whom in self.enrolled:
                groups.setdefault((session, whom), []).append((made_at(event, off), uid, event))
        found = {}
        for about, group in groups.items():
            gone = {uid for _, _, event in group for uid in event.get("supersedes", ())}
            left = sorted((one for one in group if one[1] not in gone), key=lambda one: one[:2])
            *others, (_, _, last) = left
            said = last["mark"], last.get("minutes")
            beside = {uid: (event["mark"], event.get("minutes")) for _, uid, event in others}
            rivals = sorted(uid for uid, says in beside.items() if says != said)
            found[about] = (*said, tuple(rivals), tuple(sorted(beside.keys() - {*rivals})))
        return found
