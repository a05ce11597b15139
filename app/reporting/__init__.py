"""Indicators with their definitions, figures frozen with who approved them, reports for donors."""
