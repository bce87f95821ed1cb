"""A quote as HTML: its card, its page, the frame that other sites embed, the question that it answers, its citation.

A RenderContext and a Quote of its book come in. Every word is taken from the transcript at the quote's span.
"""
