"""The help door, the concerns that reach the safeguarding officers, and the rota of those.

A **concern** has a level (1 danger now, 2 urgent, 3 serious) and a clock within which an officer
takes it. Everything free in it is **sealed**. Its **log** is only ever added to. A **drill** is a
made-up concern that goes the whole road.
"""
