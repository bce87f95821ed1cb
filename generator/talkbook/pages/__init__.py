"""The book as HTML: topics, conversations, quotes, people, and the start page. Nothing here knows MkDocs.

The book and the addresses of its pages come in (a RenderContext); Page values go out, each made when it is asked for.
"""
