"""Programmes and what happens in them: activities, cohorts, sessions, attendance, the cascade, follow-up."""
