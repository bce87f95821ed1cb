"""The site's search index: many small files, of which a query loads a few.

Takes the entries of pages; returns files, which `templates/assets/search.js` reads behind Material's search box. Pages
are split into blocks, which are fetched as a whole, and blocks into units of about half a page, to which the postings
of words refer.
"""
