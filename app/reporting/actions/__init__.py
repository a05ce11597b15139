"""Doing: figures are prepared and frozen, approved by another person, made into files."""
