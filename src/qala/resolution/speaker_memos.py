"""How the features of a candidate speaker are named, and the memos of what they are worth.

Names begin with the candidate's origin, which says more of it than anything else; what varies fast is the fact.
"""

from typing import Generic, NamedTuple

from qala.extraction.ranker import Memo, Memos, Worth, named
from qala.extraction.reading_features import bucket


class Known(NamedTuple):
    """What the names of a candidate's features may begin or end with: its origin, the form of the cue."""

    explicit: str
    origin: str
    e: str  # both, and the rank where it counts
    morph: str
    agree: str


class Itself(NamedTuple, Generic[Worth]):
    """What a candidate's own facts are worth, and where it is named."""

    where: Memo[Worth]  # the draft beside the one before it
    entry: Memo[Worth]  # of the cue
    before: Memo[Worth]  # the token before the cue
    counts: Memo[Worth]  # how often it spoke, how many words it has
    shape: Memo[Worth]
    gender: Memo[Worth]
    tag: Memo[Worth]
    cluster: Memo[Worth]
    fine: Memo[Worth]
    last: Memo[Worth]  # cluster of the last token
    level: Memo[Worth]  # of the statement in which a prior speaker was heard
    silent: Memo[Worth]  # no statement that says the same names it
    echo: Memo[Worth]
    voiced: Memo[Worth]
    distance: Memo[Worth]
    unnamed: Memo[Worth]  # it is named only after the cue
    near: Memo[Worth]
    times: Memo[Worth]
    salient: Memo[Worth]  # how it stands in the last sentence that names it
    preceded: Memo[Worth]  # by which group


def _itself_memos(memos: Memos[Worth], known: Known) -> Itself[Worth]:
    x, o, e, m, a = known
    where = ("{2}", "{2}{3}", "{2}{4[0]}", "{2}{4[0]}{3}{4[1]}", "{0}{1}", "{2}pron{4[2]}{3}")
    level = ("{0}lvl{3[0]}{3[1]}", "{0}lvl{3[0]}{3[1]}{3[2]}", "{1}lvl{3[0]}", "{1}lvl{3[0]}{2}{3[3]}")
    return Itself(
        memos.of(named, where, x, o, e, m),
        memos.of(named, ("{0}{1}",), e),
        memos.of(named, ("{0}b={2}{1}",), e, m),
        memos.of(named, ("{0}c{1[0]}", "{0}k{1[1]}"), e),
        memos.of(_shape_features, known),
        memos.of(named, ("gen{0}{4}{3}", "gen{0}{1}{4}{3}{2}"), x, o, m, a),
        memos.of(named, ("{2}ct={4}", "ct{0}{1}{4}{3}"), x, o, e, a),
        memos.of(named, ("kc{0}{1}{3}{2}", "kc{0}{1}{3}"), x, o, a),
        memos.of(named, ("Kc{0}{1}",), x),
        memos.of(named, ("kl{0}{1}{2}",), x, o),
        memos.of(named, level, x, e, m),
        memos.of(named, ("{0}echo0{1}",), e),
        memos.of(named, ("{1}echo{2[0]}{2[1]}", "echo{0}{2[0]}{2[1]}"), x, e),
        memos.of(_voiced_features, x, e),
        memos.of(_distance_features, e),
        memos.of(named, ("{0}after",), e),
        memos.of(_near_features, e),
        memos.of(named, ("{0}times{1}",), e),
        memos.of(named, ("{0}sal{1[0]}{1[1]}", "{0}sal{1[0]}{1[1]}{1[2]}{1[3]}"), e),
        memos.of(named, ("{0}bp={1}",), e),
    )


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


def _distance_features(e: str, eighths: int) -> tuple[str, ...]:
    """Name the distance to the cue in steps of eight tokens; ``~n`` is one of ``n`` behind it."""
    return (f"{e}d{bucket(eighths)}<" if eighths >= 0 else f"{e}d{bucket(~eighths)}>",)


def _near_features(e: str, eighths: int) -> tuple[str, ...]:
    return (f"{e}near{bucket(eighths)}",)


class Ordered(NamedTuple, Generic[Worth]):
    """What the order of the names in the sentence is worth."""

    heard: Memo[Worth]  # the distance to the cue of the statement before
    fresh: Memo[Worth]  # whether the sentence names somebody else in front
    cluster: Memo[Worth]  # before the phrase
    fine: Memo[Worth]
    joined: Memo[Worth]  # how the phrase's first word begins
    place: Memo[Worth]  # behind a verb, in front
    order: Memo[Worth]
    order_behind: Memo[Worth]


def _ordered_memos(memos: Memos[Worth], known: Known) -> Ordered[Worth]:
    x, _, e, m, a = known
    place = (
        "fin{0}{3[0]}{3[1]}{2}",
        "{1}fin{3[0]}{3[1]}",
        "front{0}{3[0]}{3[2]}{3[3]}",
        "{1}front{3[0]}{3[2]}{2}",
    )
    return Ordered(
        memos.of(_heard_features, e),
        memos.of(named, ("fresh{0}{1[0]}{1[1]}{1[2]}{1[3]}",), x),
        memos.of(named, ("{1}pk{3[0]}{3[1]}", "pk{0}{3[0]}{3[1]}{3[2]}{2}"), x, e, a),
        memos.of(named, ("pK{0}{1[0]}{1[1]}",), x),
        memos.of(named, ("jh{0}{2[0]}{2[1]}{1}",), x, a),
        memos.of(named, place, x, e, m),
        memos.of(named, ("{1}ord{3[0]}{3[1]}", "ord{0}{3[0]}{3[1]}{2}"), x, e, m),
        memos.of(named, ("ordp{0}{1[0]}{1[1]}",), x),
    )


def _heard_features(e: str, eighths: int) -> tuple[str, ...]:
    return (f"{e}cue{bucket(eighths)}",)


class Against(NamedTuple, Generic[Worth]):
    """What a candidate is worth against the source, and the source itself."""

    head: Memo[Worth]  # cluster of the source's first word
    fine: Memo[Worth]
    shape: Memo[Worth]
    last_shape: Memo[Worth]
    last_tag: Memo[Worth]
    last_cluster: Memo[Worth]
    shared: Memo[Worth]  # how many words they have in common
    tag: Memo[Worth]
    cluster: Memo[Worth]
    clusters: Memo[Worth]  # of the source and of the candidate
    same_head: Memo[Worth]
    whole: Memo[Worth]  # whether a prior speaker bears all the source's words


def _against_memos(memos: Memos[Worth], known: Known) -> Against[Worth]:
    o, e = known.origin, known.e
    return Against(
        memos.of(named, ("{0}kh={1[0]}", "{0}kh={1[0]}{1[1]}"), e),
        memos.of(named, ("{0}Kh={1}",), e),
        memos.of(named, ("{0}own{1[0]}{1[1]}",), e),
        memos.of(named, ("{0}sz={1[0]}{1[1]}",), e),
        memos.of(named, ("{0}tagz={1[0]}{1[1]}",), e),
        memos.of(named, ("{0}kl={1[0]}{1[1]}",), e),
        memos.of(_shared_features, o, e),
        memos.of(named, ("{0}W{2[3]}{2[0]}", "{1}tag={2[0]}{2[1]}", "{1}tagctx={2[0]}{2[2]}{2[3]}"), o, e),
        memos.of(named, ("{0}khw={1[0]}{1[1]}{1[2]}",), e),
        memos.of(named, ("{0}khc={1[0]}{1[1]}",), o),
        memos.of(named, ("{1}hd{2[0]}", "{0}hd{2[1]}{2[2]}"), o, e),
        memos.of(named, ("{0}whole{1[0]}{1[1]}{1[2]}",), e),
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


class Origin(NamedTuple, Generic[Worth]):
    """All that is known of one origin."""

    e: str
    itself: Itself[Worth]
    ordered: Ordered[Worth]
    against: Against[Worth]


def origin_memos(memos: Memos[Worth], known: Known) -> Origin[Worth]:
    """Return the memos of one origin; ask for them by :meth:`Memos.once`."""
    return Origin(known.e, _itself_memos(memos, known), _ordered_memos(memos, known), _against_memos(memos, known))
