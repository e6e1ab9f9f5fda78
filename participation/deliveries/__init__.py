"""Dossiers to decision makers: sealed, sent, received, answered, with a clock."""
