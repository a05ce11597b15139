"""The first page, by role: what waits for me, what I work on, what there is to read."""
