"""Expressions to text, boxes, LaTeX, MathML, Typst and NumPy source."""
