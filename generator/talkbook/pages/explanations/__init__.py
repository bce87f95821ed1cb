"""A topic's explanation as HTML: its Markdown, its sections, the links it gets, and what links to it."""
