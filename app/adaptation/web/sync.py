"""Deciding on the original's changes, one at a time and all at a glance."""
