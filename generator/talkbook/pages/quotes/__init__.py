"""A quote as HTML: the card that pages show it as, its own page, the question it answers, and what can be cited.

A RenderContext and a Quote come in; parts of HTML, a Page and the frame that other sites embed go out. Every word is
taken from the transcript at the quote's span.
"""
