"""A conversation as HTML: its page, its turns, what the site's search finds in it, and the lists of conversations.

A RenderContext and a Transcript of its book come in; Page values, search entries and parts of HTML go out.
"""
