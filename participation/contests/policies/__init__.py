"""Who may do what in a call for works, and when: facts first, then the rights as sentences."""
