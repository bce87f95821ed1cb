"""Generated pages in the theme: renders MkDocs' templates with the HTML of `pages`, and writes the files.

Page values come in; the bytes of whole HTML files go out.
"""
