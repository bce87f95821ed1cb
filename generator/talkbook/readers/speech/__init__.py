"""What all readers hand on (Speech), and what they share: cues, times, sounds, labels."""
