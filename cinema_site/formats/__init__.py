"""How dates, times and money are written, language by language. Templates use the names."""
