"""What people said of an edition when they tried it: workshops, answers, remarks, pilots, decisions, signatures."""
