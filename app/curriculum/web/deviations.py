"""The deviation register: where an edition departs from its original, and why."""
