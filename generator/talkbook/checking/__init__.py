"""Links, followed: those within a built site, and those that lead to others."""
