"""A topic as HTML: its page, its passages, mentions and appearances, the lists of topics, and their map."""
