"""A conversation as HTML: its page with its turns, its search entries, and the lists of conversations.

A RenderContext and a Transcript of its book come in; Page values and search entries go out.
"""
