"""Measurements, outside the package: they read ../shared where it is present."""
