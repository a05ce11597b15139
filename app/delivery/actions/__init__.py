"""What people do in programmes: one module per noun."""
