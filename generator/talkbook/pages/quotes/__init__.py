"""A quote as HTML: its card, its own page, the question it answers, its citations, and what other sites embed."""
