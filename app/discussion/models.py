"""What people say about a block of an edition, and what they propose to write there instead."""
