"""The MkDocs plugin: handles MkDocs' events, and builds or serves the site of a project.

What a page says is decided in `pages` and `exports`. This package puts it into MkDocs' theme.
"""
