"""Letters that follow from happenings; this room only listens."""
