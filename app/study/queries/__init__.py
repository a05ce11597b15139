"""Reading studies, always for an actor: what the actor may not see is not found, not listed and not counted."""
