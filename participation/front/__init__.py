"""Pages that gather several rooms: home, my voice, echoes, about, open data."""
