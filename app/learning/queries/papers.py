"""An assessment's items as they are asked and scored, in any language: questions read from their release's texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from sqlalchemy import select

from app.core.content import Language
from app.core.languages import digest_in
from app.core.variables import fill
from app.curriculum.models import Release
from app.curriculum.queries import contents
from app.infra.db import db
from app.learning.kinds import ItemKind
from app.learning.models import Assessment, AssessmentItem
from app.learning.rules import scoring
from app.learning.rules.assessments import UNSCORED
from app.learning.rules.questions import Question, question
from app.learning.rules.scoring import Points


class Paper:
    """The items of one assessment, read whole: three queries for any number of items and languages."""

    def __init__(self, assessment: Assessment) -> None:
        self.assessment = assessment
        self.items: Sequence[AssessmentItem] = db.session.scalars(
            select(AssessmentItem)
            .where(AssessmentItem.assessment_id == assessment.id)
            .order_by(AssessmentItem.position)
        ).all()
        self.by_uid = {item.uid: item for item in self.items}
        self.by_id = {item.id: item for item in self.items}
        self._bodies = contents.bodies(digest for item in self.items for digest in item.texts.values())
        self._values = self._variables()
        self._read: dict[tuple[int, Language], Question] = {}

    @property
    def scored(self) -> list[AssessmentItem]:
        """The items that are worth points."""
        return [item for item in self.items if item.kind not in UNSCORED]

    def _variables(self) -> dict[int, contents.State]:
        ids = {item.release_id for item in self.items if item.release_id is not None}
        if not ids:
            return {}
        releases = db.session.scalars(select(Release).where(Release.id.in_(ids)))
        return {release.id: contents.state(release.revision) for release in releases}

    def question(self, item: AssessmentItem, language: Language) -> Question:
        """A unit's question in a language; in the first that has it in its own kind where that one has not."""
        key = (item.id, language)
        if key not in self._read:
            order = [language, *(code for code in item.texts if code != language)]
            found = [self._one(item, code) for code in order if digest_in(item.texts, code)]
            self._read[key] = next((one for one in found if one.kind is item.kind), found[0])
        return self._read[key]

    def _one(self, item: AssessmentItem, language: Language) -> Question:
        text = self._bodies.get(digest_in(item.texts, language) or "", "")
        values = self._values[item.release_id].local.values(language) if item.release_id in self._values else {}
        return question(item.block_uid, fill(text, values))

    def words(self, item: AssessmentItem, language: Language) -> tuple[str, tuple[str, ...]]:
        """What is asked in a survey or a rubric, and the words of its levels, in the nearest language."""
        asked = item.asked

        def said(by_language: Mapping[str, str]) -> str:
            near = (by_language.get(code) for code in (language, language.partition("-")[0]))
            return next((text for text in near if text), next(iter(by_language.values()), ""))

        return said(asked.get("words", {})), tuple(said(level) for level in asked.get("levels", []))

    def offered(self, item: AssessmentItem, language: Language) -> int:
        """How many choices, items or rows there are; of a scale or a criterion, its highest level."""
        if item.kind in (ItemKind.SCALE, ItemKind.CRITERION):
            return len(item.asked.get("levels", [])) - 1
        return len(self.question(item, language).choices) if item.texts else 0

    def score(self, item: AssessmentItem, value: Mapping[str, Any], language: Language) -> Points:
        """What an answer is worth by its item's key; None points where a person has to say."""
        if item.kind is ItemKind.CRITERION:
            return scoring.level_points(value["level"], self.offered(item, language))
        if item.kind is ItemKind.SCALE or not item.texts:
            return Points(None if item.kind is ItemKind.OPEN else Fraction(0), scoring.BY_A_PERSON)
        return scoring.points(self.question(item, language), value)
