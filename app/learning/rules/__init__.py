"""Rules of learning, one module per noun."""
