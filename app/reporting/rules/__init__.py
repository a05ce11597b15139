"""Rules on figures: definitions, what is not told, periods, drawings. No database and no page."""
