"""What is done in a call for works, by subject."""
