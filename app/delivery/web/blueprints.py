"""The two families of addresses that the packages beside this file fill: programmes and cohorts."""

from __future__ import annotations

from flask import Blueprint

programmes = Blueprint("programmes", __name__, url_prefix="/programmes", template_folder="../templates")
cohorts = Blueprint("cohorts", __name__, url_prefix="/cohorts", template_folder="../templates")
