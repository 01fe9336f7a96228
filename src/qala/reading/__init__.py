"""Inputs: from bytes, files, folders and standard input to documents, one file per container."""
