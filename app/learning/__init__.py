"""What people learned: assessments, progress by unit, certificates that can be checked."""
