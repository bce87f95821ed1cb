"""The face to MkDocs: all that knows its events, its configuration and its server.

The project's configuration and content folder come in; a built or a served site goes out. What a page says is
decided below, in `pages` and `exports`: here it is put into MkDocs' theme and handed on.
"""
