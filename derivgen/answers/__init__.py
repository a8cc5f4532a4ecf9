"""Comparing what somebody typed with the derivative: verdicts, and sentences for a learner."""
