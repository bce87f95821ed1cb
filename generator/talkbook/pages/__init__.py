"""The book as HTML, one kind of page a file. Nothing here knows MkDocs.

The book and the addresses of its pages come in (a RenderContext); Page values go out, each made when it is asked for.
"""
