"""Releasing an edition: what is missing, what it will be called, what changed."""
