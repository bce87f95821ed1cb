"""The site's own search index: many small files, of which a query reads a few.

Entries of pages come in, files go out; `templates/assets/search.js` reads them behind Material's search box.
Pages are cut into blocks, which are fetched whole, and blocks into units of about half a page, which words point at.
"""
