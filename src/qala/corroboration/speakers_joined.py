"""Whose words the printings of a claim are: one speaker an utterance, and one name for all his spellings.

Pages name the speaker of one utterance more or less closely: the minister, his ministry, the capital. He goes by the
closest: a named person, else a named body, else the words for an unnamed source. The others are not thereby the same
as he: two ministers of whom one page each says "Moscow" stay two.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qala.corroboration.partition import Partition
from qala.model import Evidence
from qala.resolution.names import compare_names, sound_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from qala.corroboration.transmissions import Key, Transmitted

_MOST_NAMESAKES = 24  # names that share a word and are compared with one another; more are only matched as written
_SAME = frozenset(("same", "variant", "part_of"))


class Speakers(NamedTuple):
    """The speakers of a claim: joined names with reasons, and for each printing (record id) whose words it has."""

    joined: Partition[Key]
    of: Mapping[str, Key]

    def find(self, record: str) -> Key | None:
        """Return the key of the speaker of a printing, the same for all his names; ``None`` where no page tells."""
        key = self.of.get(record)
        return None if key is None else self.joined.find(key)


def join_speakers(printings: Iterable[Transmitted], utterance_of: Mapping[str, str]) -> Speakers:
    """Return the speakers of ``printings``; ``utterance_of`` maps a printing to its utterance.

    Joined are persons named in one utterance, and names that :func:`~qala.resolution.names.compare_names` calls the
    same, a variant or a part. Names of two actors of the base are never joined by spelling. Linear in the printings
    but for names that share a word, of which at most 24 are compared with one another.
    """
    joined: Partition[Key] = Partition()
    closest: dict[str, Transmitted] = {}
    names: dict[Key, str] = {}
    ordered = sorted(printings, key=lambda found: found.record)
    for printing in ordered:
        if printing.speaker is None:
            continue
        joined.add(printing.speaker)
        if printing.named:
            names.setdefault(printing.speaker, printing.speaker_name)
        utterance = utterance_of.get(printing.record, printing.record)
        held = closest.setdefault(utterance, printing)
        if held.person and printing.person:
            note = f"{held.record} and {printing.record} report one utterance ({utterance})"
            joined.join(held.speaker or (), printing.speaker, Evidence("speakers:utterance", (), note))
        closest[utterance] = min(held, printing, key=_closeness)
    _join_names(joined, names)
    of: dict[str, Key] = {}
    for printing in ordered:
        speaker = closest.get(utterance_of.get(printing.record, printing.record))
        if speaker is not None and speaker.speaker is not None:
            of[printing.record] = speaker.speaker
    return Speakers(joined, of)


def _closeness(printing: Transmitted) -> tuple[bool, bool, str]:
    return not printing.person, not printing.named, printing.record


def _join_names(joined: Partition[Key], names: Mapping[Key, str]) -> None:
    by_word: dict[str, list[Key]] = {}
    for key in sorted(names):
        for word in {sound_key(part) for part in names[key].split()[-1:]}:
            by_word.setdefault(word, []).append(key)
    for keys in by_word.values():
        for number, one in enumerate(keys[:_MOST_NAMESAKES]):
            for other in keys[number + 1 : _MOST_NAMESAKES]:
                if one[0] == other[0] == "id" or joined.same(one, other):
                    continue
                found = compare_names(names[one], names[other])
                if found.verdict in _SAME:
                    note = f"{names[one]} / {names[other]}: {found.verdict}"
                    joined.join(one, other, Evidence("speakers:name", (), note))
