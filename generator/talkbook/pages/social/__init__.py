"""Pictures for link previews, drawn with Pillow and fonts that ship.

A title, a line or two and a name come in; the bytes of a PNG go out.
"""
