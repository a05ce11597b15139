"""Imports every table, so that migrations see them all (a table that is not imported would be dropped)."""

from app.adaptation import models as adaptation
from app.curriculum import models as curriculum
from app.delivery import models as delivery
from app.discussion import models as discussion
from app.infra import audit, jobs
from app.infra.db import Base
from app.interchange import models as interchange
from app.learning import models as learning
from app.people import models as people
from app.reporting import models as reporting
from app.study import models as study
from app.translation import models as translation
from app.validation import models as validation
from app.web import once

metadata = Base.metadata

__all__ = [
    "adaptation",
    "audit",
    "curriculum",
    "delivery",
    "discussion",
    "interchange",
    "jobs",
    "learning",
    "metadata",
    "once",
    "people",
    "reporting",
    "study",
    "translation",
    "validation",
]
