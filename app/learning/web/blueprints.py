"""Families of addresses of this layer: a learner's own pages, a cohort's assessments and completion, certificates."""

from __future__ import annotations

from flask import Blueprint

my = Blueprint("my", __name__, url_prefix="/my", template_folder="../templates")
assessments = Blueprint("assessments", __name__, url_prefix="/cohorts/<slug>", template_folder="../templates")
certificates = Blueprint("certificates", __name__, url_prefix="/certificates", template_folder="../templates")
