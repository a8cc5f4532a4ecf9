"""Derivations and prose as one Document that every format renders."""
