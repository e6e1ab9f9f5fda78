"""The help door and the concerns that reach the safeguarding officers."""
