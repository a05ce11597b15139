"""Journeys: what people do from sign-in to the Word manual, in a real browser against a real server and database."""
