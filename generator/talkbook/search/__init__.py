"""A search index for an archive: many small files, of which a query reads a few.

Entries go in, files come out; `templates/assets/search.js` reads them behind Material's search box.
Pages are cut into blocks, which are fetched whole, and blocks into units of about half a page, which words point at.
"""
