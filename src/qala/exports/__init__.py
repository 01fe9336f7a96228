"""Readings written out, one format a file; pure functions from readings to text or bytes."""
