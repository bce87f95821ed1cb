"""Pictures of pages for where their links are pasted: 1200 by 630 pixels, drawn once and kept."""
