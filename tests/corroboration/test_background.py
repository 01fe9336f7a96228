"""The shipped counts of terms."""

from qala.corroboration.background import load_background, rarity


def test_counts_are_below_the_number_of_sentences():
    background = load_background()
    assert max(background.terms.values()) < background.sentences
    assert all(isinstance(count, int) and count > 0 for count in background.terms.values())


def test_rarity_falls_with_the_count():
    terms = load_background().terms
    commonest, rarest = max(terms, key=terms.__getitem__), min(terms, key=terms.__getitem__)
    assert 0 <= rarity(commonest) < rarity(rarest) < rarity("w:never seen") <= 1
