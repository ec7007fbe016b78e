"""Tests of the whole house; specifications live beside their slices."""
