"""Rules of delivery, one module per noun."""
