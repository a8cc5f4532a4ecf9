"""The language: sizes, nodes and the table of functions."""
