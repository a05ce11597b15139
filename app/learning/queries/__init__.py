"""Reading what was learned: one module per question that is asked."""
