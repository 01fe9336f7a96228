"""The packaged actor base: its facts, and what it finds in texts."""

import unicodedata
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qala.errors import LexiconError
from qala.lexicon.actor_facts import KINDS
from qala.lexicon.actors import ActorMention, load_actors
from qala.lexicon.fact_files import FACTS, packaged_rows
from qala.lexicon.phrase_trie import phrase_words
from qala.text.words import find_words

BASE = load_actors()
SPELLINGS = [
    ("afp", "أ ف ب|أ.ف.ب|ا.ف.ب|(أ ف ب)|فرانس برس|وكالة الصحافة الفرنسية|وكالة الأنباء الفرنسية|AFP|afp"),
    ("reuters", "رويترز|وكالة رويترز|وكالة رويترز للأنباء"),
    ("dpa", "د ب أ|د.ب.أ|وكالة الأنباء الألمانية"),
    ("spa", "واس|وكالة الأنباء السعودية|وكالة الأنباء السعودية (واس)"),
    ("sana-sy", "سانا|الوكالة العربية السورية للأنباء"),
    ("tass", "تاس|وكالة تاس|إيتار تاس"),
    ("anadolu", "الأناضول|وكالة الأناضول|الاناضول"),
    ("xinhua", "شينخوا"),
    ("ap", "أسوشيتد برس|أسوشييتد برس|اسوشيتد برس"),
    ("sputnik", "سبوتنيك"),
    ("irna", "إيرنا|إرنا"),
    ("kuna", "كونا"),
    ("mena", "وكالة أنباء الشرق الأوسط|أ ش أ"),
    ("twitter", "تويتر|موقع تويتر"),
    ("facebook", "فيسبوك|فيس بوك|الفيسبوك"),
    ("youtube", "يوتيوب"),
    ("whatsapp", "واتساب|واتس آب"),
    ("telegram", "تلغرام|تيليغرام|تليجرام"),
    ("instagram", "إنستغرام|انستغرام|إنستجرام"),
    ("benjamin-netanyahu", "بنيامين نتنياهو|بنيامين نتانياهو|نتنياهو|نتانياهو"),
    ("antonio-guterres", "أنطونيو غوتيريش|أنطونيو جوتيريش|غوتيريش|جوتيريس"),
    ("recep-tayyip-erdogan", "رجب طيب أردوغان|رجب طيب إردوغان|أردوغان|رجب طيب اردوغان"),
    ("kim-jong-un", "كيم جونغ أون|كيم جونج أون|كيم جونغ-أون|كيم جونغ اون"),
    ("nicolas-sarkozy", "نيكولا ساركوزي|ساركوزي"),
    ("ban-ki-moon", "بان كي مون|بان كي-مون"),
    ("hassan-nasrallah", "حسن نصر الله|حسن نصرالله"),
    ("donald-trump", "دونالد ترامب|دونالد ترمب|دونالد #ترامب|ترامب"),
    ("sy", "سوريا|سورية|الجمهورية العربية السورية"),
    ("ru", "روسيا|روسيا الاتحادية"),
    ("xk", "كوسوفو"),
    ("ps", "فلسطين|دولة فلسطين"),
    ("pyongyang", "بيونغ يانغ|بيونج يانج|بيونغيانغ"),
    ("un", "الأمم المتحدة|الامم المتحدة"),
    ("nato", "الناتو|حلف شمال الأطلسي"),
    ("elysee", "الإليزيه|قصر الإليزيه|الاليزيه"),
    ("downing-street", "داونينغ ستريت|داونينج ستريت"),
    ("arab-league", "الجامعة العربية|#الجامعة_العربية|جامعة الدول العربية"),
]


def mentions(text: str) -> list[ActorMention]:
    return BASE.find(find_words(text))


def named(text: str) -> list[tuple[str, ...]]:
    return [mention.ids for mention in mentions(text)]


def test_the_base_is_as_large_as_promised() -> None:
    kinds = Counter(actor.kind for actor in BASE.actors.values())
    assert kinds["person"] >= 1000
    assert kinds["outlet"] >= 500
    assert kinds["agency"] >= 100
    assert kinds["state"] >= 249
    assert set(kinds) == set(KINDS)


def test_every_fact_is_in_nfc_and_names_its_source() -> None:
    for row in packaged_rows():
        assert all(unicodedata.is_normalized("NFC", cell) and cell == cell.strip() for cell in row.cells)
        assert row.cells[-1] in {"editors", "cldr", "geonames"}, row.place


def test_no_id_is_given_twice() -> None:
    kinds = [row.cells[0] for row in packaged_rows() if row.columns == FACTS and row.cells[1] == "kind"]
    assert [key for key, count in Counter(kinds).items() if count > 1] == []


def test_persons_have_a_gender_and_bodies_a_name() -> None:
    for actor in BASE.actors.values():
        assert actor.name, actor.id
        if actor.kind == "person":
            assert actor.gender, actor.id


def test_every_form_is_found_by_lookup() -> None:
    for actor in BASE.actors.values():
        if actor.kind == "office":
            continue
        for form in actor.forms:
            words = find_words(form.text)
            ids = {entry.actor for entry in BASE.lookup(words, 0, len(words) - 1)}
            blocked = not ids
            assert actor.id in ids or blocked or form.kind == "name", form


def test_every_metonym_stands_for_something_of_the_base() -> None:
    for actor in BASE.actors.values():
        if actor.kind in ("building",):
            assert actor.of and BASE.get(actor.of), actor.id


def test_every_demonym_leads_to_its_state() -> None:
    states = [actor for actor in BASE.actors.values() if actor.nisbas]
    assert len(states) >= 150
    for state in states:
        for nisba in state.nisbas:
            for form in (nisba, nisba + "ة", nisba + "ون", nisba + "ين", nisba + "ان"):
                if " " in form and not form.endswith(nisba):
                    continue
                here = BASE.demonym_at(find_words(f"قال {form}"), 1)
                assert here and state.id in {reading.state for reading in here.demonyms}, form


@pytest.mark.parametrize(
    ("form", "state", "gender", "number", "definite"),
    [
        ("أميركي", "us", "m", "s", False),
        ("أمريكي", "us", "m", "s", False),
        ("الأمريكية", "us", "f", "s", True),
        ("أميركيين", "us", "m", "d", False),
        ("أمريكيون", "us", "m", "p", False),
        ("الروس", "ru", "m", "p", True),
        ("الأتراك", "tr", "m", "p", True),
        ("الإيرانية", "ir", "f", "s", True),
        ("ألمان", "de", "m", "p", False),
        ("السوريات", "sy", "f", "p", True),
    ],
)
def test_demonyms_say_gender_number_and_article(
    form: str, state: str, gender: str, number: str, definite: bool
) -> None:
    first = BASE.demonym(form)[0]
    assert (first.state, first.gender, first.number, first.definite) == (state, gender, number, definite)


def test_demonyms_of_two_words() -> None:
    found = BASE.find_demonyms(find_words("الزعيم الكوري الشمالي والمسؤولين الجنوب أفريقيين والكوريين الجنوبيين"))
    assert [{reading.state for reading in here.demonyms} for here in found] == [{"kp"}, {"za"}, {"kr"}]
    both = BASE.find_demonyms(find_words("شبه الجزيرة الكورية"))
    assert {reading.state for reading in both[0].demonyms} == {"kp", "kr"}


def test_a_demonym_that_is_a_given_name_counts_only_as_an_adjective() -> None:
    assert BASE.find_demonyms(find_words("الأمير تركي بن عبدالله")) == []
    assert len(BASE.find_demonyms(find_words("مسؤول تركي"))) == 1


@pytest.mark.parametrize(("actor", "forms"), SPELLINGS, ids=[actor for actor, _ in SPELLINGS])
def test_spellings_of_one_actor(actor: str, forms: str) -> None:
    for form in forms.split("|"):
        assert (actor,) in named(f"قال بحسب {form} أمس"), form


@pytest.mark.parametrize(
    ("text", "actor", "said"),
    [
        ("وبيونغ يانغ", "pyongyang", "بيونغ يانغ"),
        ("للأمم المتحدة", "un", "لأمم المتحدة"),
        ("لوكالة فرانس برس", "afp", "وكالة فرانس برس"),
        ("لرويترز", "reuters", "رويترز"),
        ("ولموسكو", "moscow", "موسكو"),
        ("للكرملين", "kremlin", "لكرملين"),
        ("بواشنطن", "washington", "واشنطن"),
        ("ولبنان", "lb", "لبنان"),
        ("للبنان", "lb", "لبنان"),
        ("وليبيا", "ly", "ليبيا"),
        ("وَبوتين", "vladimir-putin", "بوتين"),
    ],
)
def test_joined_particles_are_left_out_of_the_span(text: str, actor: str, said: str) -> None:
    sentence = f"ثم {text} أمس"
    found = [mention for mention in mentions(sentence) if mention.ids == (actor,)]
    assert [mention.span.of(sentence) for mention in found] == [said]


@pytest.mark.parametrize(
    "text",
    [
        "قال والد الضحية",
        "وقالت وكالة في ولاية",
        "كلام كبير من والده",
        "بأن القدرة على ذلك",
        "مشى بحماسة",
        "عرض قناة السويس",
        "عاد إلى مسقط رأسه",
        "حصل على نصيب الأسد",
        "كوريا",
        "اليوم السبت",
        "المدينة القديمة",
        "ولد في الحياة",
        "وفا بوعده",
    ],
)
def test_words_that_only_look_like_actors(text: str) -> None:
    assert named(text) == []


def test_words_that_begin_like_particles_stay_whole() -> None:
    assert named("بايدن وليبيا ووكالة الأناضول") == [("joe-biden",), ("ly",), ("anadolu",)]
    assert mentions("ليبيا")[0].cut == 0
    assert mentions("بايدن")[0].cut == 0


def test_quotation_marks_inside_names() -> None:
    for text, said in [
        ('نقلته وكالة "فرانس برس".', 'وكالة "فرانس برس"'),
        ("وكالة «فرانس برس» للأنباء", "وكالة «فرانس برس» للأنباء"),
        ('"الأناضول "للأنباء', 'الأناضول "للأنباء'),
        ('وكالة "رويترز"', 'وكالة "رويترز"'),
    ]:
        assert [mention.span.of(text) for mention in mentions(text)] == [said]


def test_ordinary_words_are_outlets_only_after_a_class_word_or_in_brackets() -> None:
    assert named("ذكرت صحيفة الحياة") == [("al-hayat",)]
    assert named("نقلت قناة «الجزيرة» عنه") == [("al-jazeera",)]
    assert named("قال لـ«العربية» أمس") == [("al-arabiya",)]
    assert named("المنامة (بنا) - أعلن") == [("manama",), ("bna",)]
    assert named("قال إن الحياة صعبة في الجزيرة") == []
    mention = mentions("نقلت شبكة «الحدث» عنه")[0]
    assert mention.how == "guarded"
    assert mention.carrier == 1


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("برنامج الخدمات «وافي»", []),  # waw and "EFE", without its hamza
        ("قال لـ «وافي» أمس", []),
        ("وكالة وافي", []),
        ("دعم داخلي كافي", []),
        ("وقال لإفي إن الأمر انتهى", ["efe"]),
        ("مدريد (إفي) - قال", ["madrid", "efe"]),
        ("قال لـ«للحياة»", []),
        ("قال لـ«الحياة»", ["al-hayat"]),
        ("سي إن إن (بالعربية)", ["cnn"]),
        ("إلى «ورويترز»", []),
        ("وقالت «رويترز» ورويترز", ["reuters", "reuters"]),
        ("«والكرملين يرفض»", ["kremlin"]),  # a quotation that begins with "and"
        ("(وفرنسا)", ["fr"]),
        ("شركة آبل", ["apple"]),
        ("شركة وابل", []),
    ],
)
def test_a_name_takes_no_particle_inside_its_marks_nor_behind_its_class_word(text: str, ids: list[str]) -> None:
    assert [mention.ids[0] for mention in BASE.find(find_words(text))] == ids


def test_short_names_need_the_full_name_where_they_are_words() -> None:
    assert named("وقال سلامة أمس") == []
    assert named("قال رياض سلامة ثم أضاف سلامة") == [("riad-salameh",)] * 2
    assert named("التقى الرئيس عون") == [("michel-aoun", "joseph-aoun")]
    assert named("التقى ميشال عون ثم قال عون") == [("michel-aoun",)] * 2


def test_somebody_else_of_the_name_is_not_the_actor() -> None:
    assert named("قال جوزيف ديمبسي") == []
    assert named("قال جوزيف ديمبسي وأضاف ديمبسي") == []
    assert named("قال الجنرال ديمبسي") == [("martin-dempsey",)]


def test_ambiguity_is_kept() -> None:
    assert named("وصل إلى عمان") == [("om", "amman")] or named("وصل إلى عمان") == [("amman", "om")]
    assert set(named("قال جورج بوش")[0]) == {"george-w-bush", "george-h-w-bush"}


def test_institutions_take_the_country_beside_them() -> None:
    for text, actor in [
        ("وزارة الخارجية الروسية", "ru:ministry-foreign"),
        ("الخارجية الأميركية", "us:ministry-foreign"),
        ("وزارة الدفاع في موسكو", "ministry-defence"),
        ("الجيش الإسرائيلي", "il:army"),
        ("حكومة كوريا الجنوبية", "kr:government"),
        ("الرئاسة الفرنسية", "fr:presidency"),
        ("القوات الحكومية السورية", "sy:army"),
    ]:
        assert mentions(text)[0].ids == (actor,), text
    assert named("الدفاع عن النفس") == []
    mention = mentions("قالت الخارجية الروسية أمس")[0]
    assert (mention.country, mention.how) == ("ru", "institution")


def test_get_makes_institutions_of_states() -> None:
    actor = BASE.get("ru:ministry-foreign")
    assert actor is not None
    assert (actor.name, actor.country, actor.kind) == ("وزارة الخارجية الروسية", "ru", "government")
    for key in ("zz:ministry-foreign", "ru:nothing", "nothing", "ru:", ":", "un:government"):
        assert BASE.get(key) is None


def test_offices_are_read_but_not_mentions() -> None:
    words = find_words("وزيرة الخارجية الألمانية")
    assert BASE.office_at(words, 0) == "foreign-minister"
    assert BASE.office_at(find_words("ورئيس الوزراء"), 0) == "prime-minister"
    assert all(mention.ids != ("foreign-minister",) for mention in BASE.find(words))


def test_invisible_characters_and_harakat_change_nothing() -> None:
    text = "قال و\u200fب\u064eوتين والكـــرملين"
    assert named(text) == [("vladimir-putin",), ("kremlin",)]
    assert mentions(text)[0].span.of(text).endswith("وتين")


@settings(max_examples=60)
@given(
    st.lists(
        st.sampled_from(
            [
                "قال",
                "وبيونغ يانغ",
                'وكالة "فرانس برس"',
                "#الجامعة_العربية",
                "للأمم المتحدة",
                "«",
                '"',
                "(",
                "واس",
                ")",
                "\n",
                "الخارجية",
                "الروسية",
                "أ.ف.ب",
                "كيم جونغ-أون",
                "😀",
                "\u200f",
                "ترامب",
                "x",
                ".",
                "تركي",
            ]
        ),
        max_size=30,
    )
)
def test_mentions_are_in_order_and_cut_their_text(parts: list[str]) -> None:
    text = " ".join(parts)
    words = find_words(text)
    found = BASE.find(words)
    assert found == BASE.find(words)
    last = -1
    for mention in found:
        assert last < mention.first <= mention.last < len(words)
        last = mention.last
        assert words.starts[mention.first] <= mention.span.start < mention.span.end == words.ends[mention.last]
        assert mention.ids


def test_an_overlay_adds_replaces_and_removes(tmp_path: Path) -> None:
    (tmp_path / "mine.tsv").write_text(
        "# mine\nid\tproperty\tvalue\tsource\n"
        "new-agency\tkind\tagency\tme\nnew-agency\tname\tوكالة الساحل الجديد\tme\n"
        "reuters\tform\tرويتـرز الدولية\tme\nreuters\tcountry\tus\tme\n"
        "tass\tremove\tتاس\tme\n",
        encoding="utf-8",
    )
    (tmp_path / "words.tsv").write_text(
        "form\tclass\tgender\tnumber\tsource\nسعادة\thonorific\tm\ts\tme\n", encoding="utf-8"
    )
    (tmp_path / "none.tsv").write_text("form\tsource\nرويترز الصغيرة\tme\n", encoding="utf-8")
    base = load_actors(tmp_path)
    assert [mention.ids for mention in base.find(find_words("قالت وكالة الساحل الجديد ورويترز الدولية"))] == [
        ("new-agency",),
        ("reuters",),
    ]
    assert base.find(find_words("قالت تاس ورويترز الصغيرة")) == []
    reuters = base.get("reuters")
    assert reuters and reuters.country == "us"
    assert base.words.at(find_words("سعادة السفير"), 0, "title")
    assert named("قالت تاس") == [("tass",)], "the packaged base is as before"


HEADER = "id\tproperty\tvalue\tsource\n"


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        (HEADER + "a\tkind\tagency\n", ":2", "3 columns where 4 belong"),
        (HEADER + "a\tcolour\tred\tme\n", ":2", "unknown property 'colour'"),
        (HEADER + "a\tkind\tghost\tme\na\tname\tشبح\tme\n", ":2", "'ghost' is no kind"),
        (HEADER + "a\tname\tشبح\tme\n", ":2", "'a' has no kind"),
        (HEADER + "a\tkind\tagency\tme\n", ":2", "'a' has no name"),
        (HEADER + "A b\tkind\tagency\tme\n", ":2", "the id 'A b'"),
        (HEADER + "a\tkind\tagency\tme\na\tkind\toutlet\tme\n", ":3", "'kind' twice"),
        (HEADER + "a\tkind\tagency\tme\na\tname\t...\tme\n", ":3", "no word in '...'"),
        (
            HEADER + "a\tkind\tagency\tme\na\tname\tاب\tme\na\tform\tهو\tme\na\tform\tهو\tme\n",
            ":5",
            "stands twice",
        ),
        (HEADER + "a\tkind\tagency\tme\na\tname\tاب\tme\na\tcountry\tzz\tme\n", ":2", "no state of the base"),
        (HEADER + "a\tkind\tplace\tme\na\tname\tاب\tme\na\tof\tnobody\tme\n", ":2", "not in the base"),
        (HEADER + "a\tkind\tagency\tme\na\tname\tاب\tme\na\tgender\tx\tme\n", ":2", "is m or f"),
        (HEADER + "a\tkind\tagency\tme\na\tremove\tاب\tme\n", ":3", "no form"),
        (HEADER + "a\tname\tا\u0653\tme\n", ":2", "NFC"),
        (HEADER + "a\tname\t\tme\n", ":2", "'value' is empty"),
        ("name\tvalue\n", ":1", "must name the columns"),
        ("form\tclass\tgender\tnumber\tsource\nسيد\tking\tm\ts\tme\n", ":2", "unknown class 'king'"),
        ("form\tclass\tgender\tnumber\tsource\nسيد\trank\tx\ts\tme\n", ":2", "gender is m or f"),
    ],
)
def test_broken_data_are_refused_with_file_and_line(tmp_path: Path, text: str, place: str, message: str) -> None:
    (tmp_path / "bad.tsv").write_text(text, encoding="utf-8")
    with pytest.raises(LexiconError) as error:
        load_actors(tmp_path)
    assert f"bad.tsv{place}:" in str(error.value)
    assert message in str(error.value)


def test_an_overlay_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match="not a folder"):
        load_actors(tmp_path / "missing")
    (tmp_path / "latin.tsv").write_bytes(b"id\tproperty\tvalue\tsource\n\xff\xfe\n")
    with pytest.raises(LexiconError, match="UTF-8"):
        load_actors(tmp_path)


def test_phrases_are_kept_without_marks() -> None:
    assert phrase_words("أ.ف.ب") == phrase_words("أ ف ب")
    assert phrase_words("كيم جونغ-أون") == phrase_words("كيم جونغ أون")


def test_a_body_of_another_country_is_not_the_actor() -> None:
    assert named("قال الحزب الديمقراطي الألماني")[:1] != [("democratic-us",)]
    assert named("قال الحزب الديمقراطي") == [("democratic-us",)]
    assert named("ذكرت صحيفة الوطن المصرية") == [("elwatan-eg",)]
    assert set(named("ذكرت صحيفة الوطن أمس")[0]) == {"al-watan-sa", "elwatan-eg"}


def test_a_class_word_with_the_article_introduces_a_name_only_over_a_quotation_mark() -> None:
    assert named("أطلق الموقع الجديد وقرأ الصحف اليوم") == []
    assert named("أفادت القناة «الإخبارية»") == [("al-ekhbariya",)]


def test_a_guarded_name_may_ask_for_its_own_words() -> None:
    assert named("أعلنت شركة «أبل»") == [("apple",)]
    assert named("باع أبل القبيلة") == []
    assert named("سقوط قتلى في مالي") == [("ml",)]
    assert named("دعم مالي كبير") == []


@pytest.mark.parametrize(
    "part", ['وكالة "', "كيم جونغ - ", "«", "وزارة الخارجية والخارجية ", "#", "أ.ف.", "ترامب ولسلامة "]
)
def test_hostile_texts_end(part: str) -> None:
    words = find_words(part * 20_000)
    found = BASE.find(words)
    assert len(found) <= len(words)
    assert all(mention.last < len(words) for mention in found)
