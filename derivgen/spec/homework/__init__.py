"""Homework sheets as they are written."""
