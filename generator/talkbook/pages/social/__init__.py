"""Social cards: pictures for link previews, drawn with Pillow and bundled fonts.

A title, a few lines and a name come in; the bytes of a PNG go out.
"""
