"""Starts what the tests need before Django reads its settings."""
