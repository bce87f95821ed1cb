"""Addresses that were published lead somewhere for as long as the site stands.

The book and its ledger come in; what each published address leads to today goes out: the same words, their successor,
or a problem that says which address is lost.
"""
