"""Shapes of input for calls, works and judging."""
