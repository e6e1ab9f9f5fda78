"""Secret ballots about a subject: a frozen roll, a box of sealed papers, a result at the end.

Who may vote is frozen when a voting opens, as pseudonyms by a random key of this voting. A child
casts once: her line of the roll is flagged, and two sealed papers of equal length go into the box,
one with her choice, one with the half hour. No table holds a time, a serial number or an address.
At the close the box is opened in memory, and only what is the same for everybody is written down:
how often each paper was cast. The papers and both keys go.

Who learns what:

- *A copy of the database*, at any moment or several of them: which pseudonyms have voted (so, with
  several copies, roughly when) and never what; without the keys of the server neither whose they
  are. After the close no paper is left that could be paired.
- *The order of rows*: SQLite keeps these tables by their random keys. PostgreSQL knows for each
  row the transaction and the place in the file; `actions.stirring` writes the flagged lines and the
  papers anew, shuffled, in one transaction, and `actions.counting` does so at the end.
- *The log of the server and the record of deeds*: requests have no names there, and casting tells
  the house nothing. A proxy with its own log, or whoever stands behind the child, knows when.
- *Not covered*: who holds the keys of the server **and** copies from just before and just after
  one child's vote, or raw files or the write-ahead log from before the close (what was cast since
  the last stirring); who can change the running program; and a result in which all chose the same.
"""
