"""How work is run: over how many processes, with what progress, and which results are kept.

Works on functions and values of any kind; nothing here knows what a transcript is.
"""
