"""Derivations on pages of others: fences of Markdown and directives of Sphinx, one thin module for each tool."""
