"""Across articles: copied passages, utterances, claims, origins; pure functions that keep nothing."""
