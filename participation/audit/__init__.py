"""The record of every deed; this room only listens."""
