"""How good the pages are: Lighthouse's scores, and whether their HTML is valid. `make audit`."""
