"""The Arabic: data files with a schema, loaded once, compiled once."""
