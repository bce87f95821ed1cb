"""Join all sources into one value, the Book.

Each transcript is read, cleaned and matched alone, in any process. Then quotes are chosen, people are gathered and
relations are derived. The Book contains everything that is shown, and all problems found on the way.
"""
