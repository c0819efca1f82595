"""The example organisation: Lindenmarkt, an online shop in week 7 of a quarter of 13 weeks.

Nothing here writes a row by itself: people, goals, means and reports are made by the same
actions as on the pages, each at the moment at which it would have happened.
"""
