"""Keep published addresses working for as long as the site exists.

Takes a book and its ledger; returns where each published address leads today: to the same words, to a successor, or to
a problem that reports it as lost.
"""
