"""How work runs: in how many processes, with what progress, and what is remembered of it.

Functions and values of any kind come in; nothing here knows what a transcript is.
"""
