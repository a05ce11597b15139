"""What people do about learning: asking and answering, reading, deciding who completed, certifying."""
