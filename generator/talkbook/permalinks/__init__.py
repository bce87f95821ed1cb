"""Addresses that were published and must lead somewhere for as long as the site stands."""
