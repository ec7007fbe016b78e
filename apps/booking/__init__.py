"""Who may have which seat of a screening."""
