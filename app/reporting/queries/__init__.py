"""Reading figures: what counts whom, for whom, and what was frozen."""
