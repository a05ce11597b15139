"""What people found out before they changed a text: needs, sources, what the law says, what members said, findings."""
