"""Reading curricula, editions, their contents, releases and history."""
