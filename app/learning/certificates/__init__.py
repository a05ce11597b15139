"""Certificates as bytes: the sheet that is printed, and the badge that is signed. Pure: no database, no framework."""
