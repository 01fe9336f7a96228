"""Training of the rankers that ship in ``qala/data/models``: ``make train`` rebuilds them all."""
