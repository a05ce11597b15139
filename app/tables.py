"""Imports every table, so that migrations see them all (a table that is not imported would be dropped)."""

from app.adaptation import models as adaptation
from app.curriculum import models as curriculum
from app.infra import audit, jobs
from app.infra.db import Base
from app.people import models as people

metadata = Base.metadata

__all__ = ["adaptation", "audit", "curriculum", "jobs", "metadata", "people"]
