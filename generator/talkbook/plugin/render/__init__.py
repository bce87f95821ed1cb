"""Pages of ours inside the theme: MkDocs' templates, with the page's HTML in them.

Page values come in, the bytes of whole HTML pages go out.
"""
