"""A topic as HTML: its page with passages, mentions and appearances; the lists and the map of topics.

A RenderContext and a Topic of its book come in; Page values and parts of HTML go out.
"""
