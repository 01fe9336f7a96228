"""The order of the hops, on statements marked by hand."""

from dataclasses import dataclass, field

from qala.lexicon.actors import load_actors
from qala.model import Attribution, Document, Span, Speaker
from qala.pipeline import scan_text
from qala.resolution.carriers import page_hops
from qala.resolution.chains import Transmission, find_chain, find_channels

BASE = load_actors()


@dataclass
class Page:
    """A text with statements that a test marks in it, words by words."""

    text: str
    outlet: str | None = "المنارة"
    attributions: dict[str, Attribution] = field(default_factory=dict)
    speakers: dict[str, Speaker | None] = field(default_factory=dict)

    def find(self, words):
        start = self.text.index(words)
        return Span(start, start + len(words))

    def say(self, cue, content, speaker=None, *, channel=None, carrier=None, parent=None, source=None, **known):
        name = f"s{len(self.attributions) + 1}"
        self.attributions[name] = Attribution(
            name,
            (self.find(cue),),
            (self.find(content),),
            "indirect",
            "assert",
            source=self.find(source) if source else None,
            channel=self.find(channel) if channel else None,
            channel_kind=carrier,
            parent=parent,
        )
        spans = {key: self.find(known.pop(key)) for key in ("title", "affiliation") if key in known}
        self.speakers[name] = Speaker(speaker, self.find(speaker), **spans, **known) if speaker else None
        return self

    def chain(self, name):
        scan, layout, _ = scan_text(self.text)
        document = Document("d", self.text, outlet=self.outlet)
        sent = Transmission(
            scan,
            BASE,
            self.attributions,
            self.speakers,
            find_channels(scan, list(self.attributions.values()), self.speakers),
            page_hops(document, layout.debris, BASE),
        )
        return find_chain(self.attributions[name], sent)

    def told(self, name):
        return [(hop.kind, hop.name) for hop in self.chain(name)]


def test_speaker_and_page():
    page = Page("قالت الوزارة إن السفينة غرقت").say("قالت", "إن السفينة غرقت", "الوزارة")
    assert page.told("s1") == [("speaker", "الوزارة"), ("page", "المنارة")]


def test_what_no_word_tells_is_not_recorded():
    page = Page("غرقت السفينة بحسب رويترز", outlet=None)
    page.say("بحسب", "غرقت السفينة", channel="رويترز", carrier="agency")
    chain = page.chain("s1")
    assert [(hop.kind, hop.status) for hop in chain] == [
        ("speaker", "not recorded"),
        ("agency", "named"),
        ("page", "not recorded"),
    ]
    assert chain[1].entity == "reuters" and chain[1].span.of(page.text) == "رويترز"


def test_an_agency_relays_a_source():
    page = Page("نقلت وكالة رويترز عن الوزير قوله إن السفينة غرقت")
    page.say("نقلت", "إن السفينة غرقت", "الوزير", channel="وكالة رويترز", carrier="outlet")
    assert page.told("s1") == [("speaker", "الوزير"), ("agency", "وكالة رويترز"), ("page", "المنارة")]


def test_a_spokesman_stands_behind_the_body_he_speaks_for():
    page = Page("قال المتحدث باسم وزارة النقل سامي كنعان إن السفينة غرقت")
    page.say(
        "قال",
        "إن السفينة غرقت",
        "سامي كنعان",
        title="المتحدث باسم وزارة النقل",
        affiliation="وزارة النقل",
        office="spokesperson",
        kind="person",
    )
    assert [(hop.kind, hop.status, hop.name) for hop in page.chain("s1")] == [
        ("speaker", "named", "وزارة النقل"),
        ("spokesman", "named", "سامي كنعان"),
        ("page", "named", "المنارة"),
    ]


def test_a_spokesman_without_a_name_is_anonymous():
    page = Page("قال متحدث باسم الشرطة إن السفينة غرقت")
    page.say("قال", "إن السفينة غرقت", "متحدث باسم الشرطة", affiliation="الشرطة", office="il:spokesperson")
    assert [(hop.kind, hop.status) for hop in page.chain("s1")][:2] == [
        ("speaker", "named"),
        ("spokesman", "anonymous"),
    ]


def test_an_anonymous_speaker():
    page = Page("قال مصدر أمني إن السفينة غرقت").say("قال", "إن السفينة", "مصدر أمني", kind="anonymous")
    assert page.chain("s1")[0].status == "anonymous"


def test_an_interview_stands_before_the_channel_that_has_it():
    page = Page("قال الوزير في مقابلة مع قناة العربية إن السفينة غرقت")
    page.say("قال", "إن السفينة غرقت", "الوزير", channel="قناة العربية", carrier="outlet")
    assert page.told("s1") == [
        ("speaker", "الوزير"),
        ("event", "مقابلة"),
        ("outlet", "قناة العربية"),
        ("page", "المنارة"),
    ]


def test_a_document_that_speaks_for_a_body():
    page = Page("قالت الوزارة إنها عادت. وأضاف البيان أن السفينة غرقت")
    page.say("أضاف", "أن السفينة غرقت", "الوزارة", source="البيان")
    assert page.told("s1")[:2] == [("speaker", "الوزارة"), ("document", "البيان")]


def test_a_nested_statement_has_the_outer_hops_behind_its_own():
    page = Page("قال الوزير لوكالة رويترز إن الشركة نفت غرق السفينة")
    page.say("قال", "إن الشركة نفت غرق السفينة", "الوزير", channel="لوكالة رويترز", carrier="agency")
    page.say("نفت", "غرق السفينة", "الشركة", parent="s1")
    assert page.told("s2") == [
        ("speaker", "الشركة"),
        ("relayer", "الوزير"),
        ("agency", "وكالة رويترز"),
        ("page", "المنارة"),
    ]


def test_an_outlet_that_tells_what_somebody_said_is_a_hop_of_its_kind():
    page = Page("ذكرت وكالة الأناضول أن الوزارة أعلنت غرق السفينة")
    page.say("ذكرت", "أن الوزارة أعلنت غرق السفينة", "وكالة الأناضول", kind="outlet", entity="anadolu")
    page.say("أعلنت", "غرق السفينة", "الوزارة", parent="s1")
    assert page.told("s2")[1] == ("agency", "وكالة الأناضول")


def test_who_tells_of_his_own_words_is_one_hop():
    page = Page("قال الوزير إنه نفى غرق السفينة")
    page.say("قال", "إنه نفى غرق السفينة", "الوزير").say("نفى", "غرق السفينة", "الوزير", parent="s1")
    assert page.told("s2") == [("speaker", "الوزير"), ("page", "المنارة")]


def test_statements_that_hold_each_other_end():
    page = Page("قال الوزير إن الشركة نفت غرق السفينة")
    page.say("قال", "نفت غرق السفينة", "الوزير", parent="s2").say("نفت", "قال", "الشركة", parent="s1")
    assert [hop.kind for hop in page.chain("s1")] == ["speaker", "relayer", "page"]


SHARED = "قال الوزير إن السفينة غرقت، وقالت الشركة إن البحارة نجوا، وذلك حسب ما نقلته وكالة رويترز"


def test_a_carrier_named_once_behind_two_statements_carries_both():
    page = Page(SHARED).say("قال", "إن السفينة غرقت", "الوزير")
    page.say("قالت", "إن البحارة نجوا", "الشركة", channel="وكالة رويترز", carrier="agency")
    for name in ("s1", "s2"):
        assert ("agency", "وكالة رويترز") in page.told(name)


def test_a_carrier_before_carries_what_the_same_speaker_goes_on_to_say():
    page = Page("قال الوزير لوكالة رويترز إن السفينة غرقت، مضيفا أن البحارة نجوا، وقالت الشركة إنها تبحث")
    page.say("قال", "إن السفينة غرقت", "الوزير", channel="لوكالة رويترز", carrier="agency")
    page.say("مضيفا", "أن البحارة نجوا", "الوزير")
    page.say("قالت", "إنها تبحث", "الشركة", source="الشركة")
    assert ("agency", "وكالة رويترز") in page.told("s2")
    assert page.told("s3") == [("speaker", "الشركة"), ("page", "المنارة")]


def test_a_carrier_of_another_sentence_carries_nothing_here():
    page = Page("قال الوزير لوكالة رويترز إن السفينة غرقت. وأضاف أن البحارة نجوا")
    page.say("قال", "إن السفينة غرقت", "الوزير", channel="لوكالة رويترز", carrier="agency")
    page.say("أضاف", "أن البحارة نجوا", "الوزير")
    assert [kind for kind, _ in page.told("s2")] == ["speaker", "page"]


def test_an_agency_of_dateline_and_statement_is_one_hop():
    page = Page("لندن (رويترز) - قال الوزير لوكالة رويترز يوم الأحد إن السفينة غرقت قرب الميناء في الليل")
    page.say("قال", "إن السفينة غرقت", "الوزير", channel="لوكالة رويترز", carrier="agency")
    assert [kind for kind, _ in page.told("s1")] == ["speaker", "agency", "page"]
