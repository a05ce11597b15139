"""Comments, proposals, offers upward, borrowing, urgent notices."""
