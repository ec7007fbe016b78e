"""The rooms of the house; each one knows only those below it."""
