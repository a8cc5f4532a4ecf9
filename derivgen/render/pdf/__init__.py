"""Typesetting engines that make PDFs."""
