"""Everything joined: the sources come in, one value goes out.

Each transcript is processed alone (read, cleaned, matched), in any process; then quotes are chosen, people are
gathered and relations are drawn. The Book holds what there is to show and every problem on the way.
"""
