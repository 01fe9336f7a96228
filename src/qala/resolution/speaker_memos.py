"""How the features of a candidate speaker are named, and the memos of what they are worth.

Names begin with the candidate's origin, which says more of it than anything else. Facts share a memo where few
pairs of them are met; a fact that is met for the first time costs as much as some thirty look-ups.
"""

from typing import Generic, NamedTuple

from qala.extraction.ranker import Memo, Memos, Worth, named


class Known(NamedTuple):
    """What the names of a candidate's features may begin or end with: its origin, the form of the cue."""

    explicit: str
    origin: str
    e: str  # both, and the rank where it counts
    morph: str
    agree: str


class Itself(NamedTuple, Generic[Worth]):
    """What a candidate's own facts are worth, and where it is named."""

    habit: Memo[Worth]  # how often it spoke, how many words it has, whether nobody says the same
    gender: Memo[Worth]
    shape: Memo[Worth]  # of the first token, as the tag and the clusters
    tag: Memo[Worth]
    cluster: Memo[Worth]
    fine: Memo[Worth]
    last: Memo[Worth]  # cluster of the last token
    level: Memo[Worth]  # of the statement in which a prior speaker was heard
    echo: Memo[Worth]  # a statement that names it says the same
    voiced: Memo[Worth]
    reach: Memo[Worth]  # how far from the cue it is named
    salient: Memo[Worth]  # how it stands in the last sentence that names it
    preceded: Memo[Worth]  # by which group


def _itself_memos(memos: Memos[Worth], known: Known) -> Itself[Worth]:
    x, o, e, m, a = known
    level = ("{0}lvl{3[0]}{3[1]}", "{0}lvl{3[0]}{3[1]}{3[2]}", "{1}lvl{3[0]}", "{1}lvl{3[0]}{2}{3[3]}")
    return Itself(
        memos.of(_habit_features, e),
        memos.of(named, ("gen{0}{4}{3}", "gen{0}{1}{4}{3}{2}"), x, o, m, a),
        memos.of(_shape_features, known),
        memos.of(named, ("{2}ct={4}", "ct{0}{1}{4}{3}"), x, o, e, a),
        memos.of(named, ("kc{0}{1}{3}{2}", "kc{0}{1}{3}"), x, o, a),
        memos.of(named, ("Kc{0}{1}",), x),
        memos.of(named, ("{0}{1}", "kl{0}{1}{2}"), x, o),
        memos.of(named, level, x, e, m),
        memos.of(named, ("{1}echo{2[0]}{2[1]}", "echo{0}{2[0]}{2[1]}"), x, e),
        memos.of(_voiced_features, x, e),
        memos.of(_reach_features, e),
        memos.of(named, ("{0}sal{1[0]}{1[1]}", "{0}sal{1[0]}{1[1]}{1[2]}{1[3]}"), e),
        memos.of(named, ("{0}bp={1}",), e),
    )


def _habit_features(e: str, habit: tuple[int, int, str]) -> list[str]:
    """Name how often a candidate spoke and the number of its words; ``silent`` if no echo names it."""
    count, words, silent = habit
    out = [f"{e}c{count}", f"{e}k{words}"]
    if silent:
        out.append(f"{e}echo0{silent}")
    return out


def _shape_features(known: Known, shape: str) -> tuple[str, ...]:
    """Name the shape of a candidate's first word, and how its gender and number agree with the verb's."""
    x, o, e, m, a = known
    agree = a + {"e": "f", "I": "f", "n": "p", "t": "p"}.get(shape[-1], "m")
    return f"ag{x}{agree}{m}", f"{e}ag{agree}", f"{e}sh={shape}", f"sh{x}{o}{shape}{a}"


def _voiced_features(x: str, e: str, voiced: tuple[str, int, int, str]) -> tuple[str, ...]:
    """Name how often the article writes the candidate as a source before and after, and whether it does so next."""
    where, before, after, following = voiced
    later = f"{after}{following}"
    return f"{e}vb{before}", f"{e}va{later}", f"v{x}{min(before, 2)}{later}", f"v{where}{min(before, 1)}{later}"


def _reach_features(e: str, reach: tuple[str, str, int]) -> tuple[str, ...]:
    """Name the distance of the fullest form, that of the last place before the cue, and how many places there are."""
    far, near, times = reach
    return (f"{e}d{far}", f"{e}near{near}", f"{e}times{times}") if near else (f"{e}d{far}", f"{e}after")


class Ordered(NamedTuple, Generic[Worth]):
    """What the order of the names in the sentence is worth."""

    heard: Memo[Worth]  # how far back it was heard, and whether the sentence names somebody else in front
    cluster: Memo[Worth]  # before the phrase
    fine: Memo[Worth]
    joined: Memo[Worth]  # how the phrase's first word begins
    place: Memo[Worth]  # behind a verb, in front, among the names of the sentence
    order: Memo[Worth]


def _ordered_memos(memos: Memos[Worth], known: Known) -> Ordered[Worth]:
    x, _, e, m, a = known
    return Ordered(
        memos.of(named, ("{1}cue{2[0]}", "fresh{0}{2[1]}{2[2]}{2[3]}{2[4]}"), x, e),
        memos.of(named, ("{1}pk{3[0]}{3[1]}", "pk{0}{3[0]}{3[1]}{3[2]}{2}"), x, e, a),
        memos.of(named, ("pK{0}{1[0]}{1[1]}",), x),
        memos.of(named, ("jh{0}{2[0]}{2[1]}{1}",), x, a),
        memos.of(_place_features, x, e, m),
        memos.of(named, ("ordp{0}{1[0]}{1[1]}",), x),
    )


def _place_features(x: str, e: str, m: str, place: tuple[str, bool, bool, str, int, int]) -> list[str]:
    """Name whether a phrase stands behind a verb, or in front, and how many are before and behind (below 0: none)."""
    here, finite, front, where, order, last = place
    out = [
        f"fin{x}{here}{finite}{m}",
        f"{e}fin{here}{finite}",
        f"front{x}{here}{front}{where}",
        f"{e}front{here}{front}{m}",
    ]
    if order >= 0:
        out += [f"{e}ord{order}{last}", f"ord{x}{order}{last}{m}"]
    return out


class Against(NamedTuple, Generic[Worth]):
    """What a candidate is worth against the source."""

    shared: Memo[Worth]  # how many words they have in common
    tag: Memo[Worth]
    cluster: Memo[Worth]
    clusters: Memo[Worth]  # of the source and of the candidate
    same_head: Memo[Worth]
    whole: Memo[Worth]  # whether a prior speaker bears all the source's words
    voiced: Memo[Worth]  # a source of this kind, and how often the candidate is written as a source
    held: Memo[Worth]  # how the office that the source names fits what the actor base knows of a person


def _against_memos(memos: Memos[Worth], known: Known) -> Against[Worth]:
    o, e = known.origin, known.e
    return Against(
        memos.of(_shared_features, o, e),
        memos.of(named, ("{0}W{2[3]}{2[0]}", "{1}tag={2[0]}{2[1]}", "{1}tagctx={2[0]}{2[2]}{2[3]}"), o, e),
        memos.of(named, ("{0}khw={1[0]}{1[1]}{1[2]}",), e),
        memos.of(named, ("{0}khc={1[0]}{1[1]}",), o),
        memos.of(named, ("{1}hd{2[0]}", "{0}hd{2[1]}{2[2]}"), o, e),
        memos.of(named, ("{0}whole{1[0]}{1[1]}{1[2]}",), e),
        memos.of(_voiced_against_features, o),
        memos.of(named, ("hold{1[0]}", "{0}hold{1[0]}{1[1]}"), o),
    )


def _shared_features(o: str, e: str, facts: tuple[int, bool, int, int, bool, bool, bool]) -> tuple[str, ...]:
    """Name how many words of the source are the candidate's name or introduce it."""
    common, named_whole, shared, own, definite, title, same_last = facts
    whole, size = shared == own, min(own, 3)
    return (
        f"{e}common{min(common, 3)}{common == own}{named_whole}",
        f"{e}ctx{min(shared, 3)}{whole}",
        f"{e}ctxown{min(shared, 3)}{min(own, 4)}",
        f"{e}T{title}{whole}{size}{definite}",
        f"{o}W{whole}{shared > 0}{common}{size}{definite}",
        f"{e}last{same_last}",
    )


def _voiced_against_features(
    o: str, facts: tuple[tuple[str, bool, bool, int], tuple[int, int, str], bool]
) -> tuple[str, ...]:
    """Name how often a candidate is written as a source around one of this kind, and whether it is named only later."""
    (tag, definite, title, words), (before, after, following), later = facts
    return (
        f"{o}vt{tag}{before}{min(after, 1)}{following}{later}",
        f"{o}vd{definite}{title}{before}{after}{following}{later}",
        f"{o}vw{words}{definite}{before}{following}{later}",
    )


class Origin(NamedTuple, Generic[Worth]):
    """All the memos of one origin."""

    itself: Itself[Worth]
    ordered: Ordered[Worth]
    against: Against[Worth]


def origin_memos(memos: Memos[Worth], known: Known) -> Origin[Worth]:
    """Return the memos of one origin; ask for them by :meth:`Memos.once`."""
    return Origin(_itself_memos(memos, known), _ordered_memos(memos, known), _against_memos(memos, known))


_WHERE = ("{4}", "{4}{3}", "{4}{0}", "{4}{0}{3}{1}", "{4}pron{2}{3}")


def of_cue(
    memos: Memos[Worth], where: str, proclitics: str, pronoun: bool, morph: str, entry: str, before: str
) -> list[Memo[Worth]]:
    """Return what a cue is worth by the origin of a candidate; ``before`` is the group of the token before it."""
    return [
        memos.of(named, _WHERE, where, proclitics, pronoun, morph),
        memos.of(named, ("{1}{0}",), entry),
        memos.of(named, ("{2}b={0}{1}",), before, morph),
    ]


def of_source(
    memos: Memos[Worth], words: int, first: tuple[str, str, str], last: tuple[str, str, str]
) -> list[Memo[Worth]]:
    """Return what a source of so many ``words`` is worth by the origin of a candidate.

    ``first`` are the shape, the coarse and the fine cluster of its first token; ``last`` are the shape, the coarse
    cluster and the tag of its last.
    """
    size = min(words, 3)
    return [
        memos.of(named, ("{2}own{0}{1}",), min(words, 5), first[0]),
        memos.of(named, ("{2}kh={0}", "{2}kh={0}{1}"), first[1], size),
        memos.of(named, ("{1}Kh={0}",), first[2]),
        memos.of(named, ("{2}sz={0}{1}",), last[0], size),
        memos.of(named, ("{2}kl={0}{1}",), last[1], size),
        memos.of(named, ("{2}tagz={0}{1}",), last[2], size),
    ]
