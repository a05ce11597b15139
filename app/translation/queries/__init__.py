"""Reading how translations stand. What is asked for an actor is filtered by what the actor may read."""
