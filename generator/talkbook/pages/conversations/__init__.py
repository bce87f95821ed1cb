"""A conversation as HTML: its turns, its page, what search finds in it, and the lists of conversations."""
