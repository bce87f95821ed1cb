"""Speech, which every reader returns, and what readers share: cues, times, sounds, labels.

The modules of the formats pass in cues, or text and the matches found in it; they get back parts of Speech.
"""
