"""A tag a token: where actors of the base are named, and which words introduce people and carriers."""

from qala.lexicon.actors import ActorBase, ActorMention
from qala.text.words import WORD, Words

_KINDS = {
    "person": "p",
    "state": "s",
    "government": "g",
    "organisation": "o",
    "outlet": "m",
    "agency": "m",
    "platform": "w",
    "group": "o",
    "place": "s",
    "office": "f",
}
_TABLES = {"title": "t", "carrier": "c", "anonymous": "n"}


def tag_words(words: Words, base: ActorBase, mentions: list[ActorMention]) -> list[str]:
    """Return a short tag for each token, empty where nothing is known.

    A mention's tokens are tagged with the kind of its actor and their place in it (``p1`` alone, ``pb`` first,
    ``pi`` inside, ``pe`` last); other words with their table and class (``toffice``, ``cagency``, ``nsource``).
    """
    tags = [""] * len(words)
    for mention in mentions:
        actor = base.get(mention.ids[0])
        kind = _KINDS.get(actor.kind, "x") if actor else "x"
        first, last = mention.first, mention.last
        if first == last:
            tags[first] = kind + "1"
            continue
        tags[first], tags[last] = kind + "b", kind + "e"
        for j in range(first + 1, last):
            tags[j] = kind + "i"
    begun, kinds, done = base.words.begun, words.kinds, -1
    for i, form in enumerate(words.forms):
        if i <= done or tags[i] or kinds[i] != WORD or not begun[form]:
            continue
        found = base.words.at(words, i, "title", "carrier", "anonymous")
        if found is not None:
            word = found.words[0]
            tag = _TABLES[word.table] + word.kind
            for j in range(found.first, found.last + 1):
                tags[j] = tags[j] or tag
            done = found.last
    return tags
