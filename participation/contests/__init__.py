"""Calls for works (征集活动): what children send in for the city, and how it is judged and shown.

A call asks for a logo, words of a song or a drawing; entries are moderated, judged blind by juries
in rounds (`jury`), shown in a gallery and given back to the child who made them. Nothing is called
a competition, nobody below the shortlist is ranked, preschoolers never are (R61, R64–R69).
"""
