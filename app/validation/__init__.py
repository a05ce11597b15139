"""Trying an edition out before it is released: workshops, pilots, adjustments, who signs, stages and gates."""
