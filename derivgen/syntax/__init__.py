"""Text to expressions, by Python's ast; nothing is ever evaluated."""
