"""The book as HTML: pages of topics, conversations, quotes and people, and the start page. Nothing here knows MkDocs.

A RenderContext comes in; Page values go out, each made on demand.
"""
