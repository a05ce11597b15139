"""Reading programmes, cohorts, sessions and attendance."""
