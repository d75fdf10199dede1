//! The words that stand beside dates on a page: what a date is the date of, and what belongs to a
//! line of dates.
//!
//! The words are those of content systems and of page heads, in the languages that newspapers of
//! the archive are most likely to be in. They are compared in folded form, so that "Publié",
//! "PUBLIÉ" and "publie" are one.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::calendar::{Name, folded, named, with_folded};
use super::names::{month_named, weekday_named};

/// What a date is the date of, by the words before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateLabel {
    /// The publication.
    Published,
    /// A change.
    Updated,
    /// The saving, printing or visiting of the page.
    Saved,
    /// Something that happened: a birth, a death, an event.
    Event,
}

/// The words that label a date, with what they say. Those of [`SHORTEST_STEM`] letters or more also
/// stand for all words that begin with them.
#[rustfmt::skip]
const STEMS: &[(&str, DateLabel)] = &[
    // English
    ("published", DateLabel::Published), ("publication", DateLabel::Published),
    ("posted", DateLabel::Published), ("submitted", DateLabel::Published), ("issued", DateLabel::Published),
    ("released", DateLabel::Published), ("filed", DateLabel::Published),
    ("dated", DateLabel::Published), ("date", DateLabel::Published),
    ("update", DateLabel::Updated), ("modified", DateLabel::Updated), ("revised", DateLabel::Updated),
    ("edited", DateLabel::Updated), ("corrected", DateLabel::Updated), ("amended", DateLabel::Updated),
    ("printed", DateLabel::Saved), ("retrieved", DateLabel::Saved), ("accessed", DateLabel::Saved),
    ("archived", DateLabel::Saved), ("captured", DateLabel::Saved), ("downloaded", DateLabel::Saved),
    ("saved", DateLabel::Saved), ("appeared", DateLabel::Saved), ("visited", DateLabel::Saved),
    ("viewed", DateLabel::Saved), ("cached", DateLabel::Saved), ("crawled", DateLabel::Saved),
    ("scraped", DateLabel::Saved), ("exported", DateLabel::Saved), ("generated", DateLabel::Saved),
    ("born", DateLabel::Event), ("died", DateLabel::Event), ("deadline", DateLabel::Event),
    ("event", DateLabel::Event), ("expires", DateLabel::Event), ("embargo", DateLabel::Event),
    ("deceased", DateLabel::Event), ("passed", DateLabel::Event), ("until", DateLabel::Event),
    // German, Dutch
    ("veroffentlicht", DateLabel::Published), ("erschienen", DateLabel::Published),
    ("erstellt", DateLabel::Published), ("publiziert", DateLabel::Published),
    ("datum", DateLabel::Published), ("aktualisiert", DateLabel::Updated),
    ("geandert", DateLabel::Updated), ("abgerufen", DateLabel::Saved), ("gedruckt", DateLabel::Saved),
    ("geboren", DateLabel::Event), ("gestorben", DateLabel::Event), ("verstorben", DateLabel::Event),
    ("gepubliceerd", DateLabel::Published), ("geplaatst", DateLabel::Published),
    ("verschenen", DateLabel::Published), ("bijgewerkt", DateLabel::Updated),
    ("gewijzigd", DateLabel::Updated), ("geraadpleegd", DateLabel::Saved),
    // Romance
    ("publie", DateLabel::Published), ("publiee", DateLabel::Published), ("publicad", DateLabel::Published),
    ("publicat", DateLabel::Published), ("publicac", DateLabel::Published),
    ("publicare", DateLabel::Published), ("pubblicat", DateLabel::Published),
    ("pubblicazione", DateLabel::Published), ("fecha", DateLabel::Published),
    ("data", DateLabel::Published), ("paru", DateLabel::Published), ("postado", DateLabel::Published),
    ("actualizad", DateLabel::Updated), ("actualizac", DateLabel::Updated),
    ("actualise", DateLabel::Updated), ("actualizat", DateLabel::Updated),
    ("actualitzat", DateLabel::Updated), ("atualizad", DateLabel::Updated),
    ("atualizac", DateLabel::Updated), ("aggiornat", DateLabel::Updated),
    ("aggiornamento", DateLabel::Updated), ("jour", DateLabel::Updated), ("modifie", DateLabel::Updated),
    ("modificad", DateLabel::Updated), ("modificat", DateLabel::Updated),
    ("consulte", DateLabel::Saved), ("imprime", DateLabel::Saved), ("nacido", DateLabel::Event),
    ("nacida", DateLabel::Event), ("fallecid", DateLabel::Event),
    // Scandinavian, Finnish, Estonian
    ("publicera", DateLabel::Published), ("publisert", DateLabel::Published),
    ("publiceret", DateLabel::Published), ("udgivet", DateLabel::Published),
    ("offentliggjort", DateLabel::Published), ("dato", DateLabel::Published),
    ("julkaistu", DateLabel::Published), ("avaldatud", DateLabel::Published),
    ("birt", DateLabel::Published), ("uppdatera", DateLabel::Updated),
    ("oppdatert", DateLabel::Updated), ("opdateret", DateLabel::Updated),
    ("endret", DateLabel::Updated), ("andrad", DateLabel::Updated), ("paivitetty", DateLabel::Updated),
    ("muokattu", DateLabel::Updated), ("muudetud", DateLabel::Updated),
    ("uppfært", DateLabel::Updated),
    // Slavic and Baltic
    ("opublikowan", DateLabel::Published), ("publikacj", DateLabel::Published),
    ("publikovan", DateLabel::Published), ("zverejnen", DateLabel::Published),
    ("vydano", DateLabel::Published), ("objavljen", DateLabel::Published),
    ("objavlen", DateLabel::Published), ("publicet", DateLabel::Published),
    ("paskelbt", DateLabel::Published), ("publikuot", DateLabel::Published),
    ("опубликован", DateLabel::Published), ("публикац", DateLabel::Published),
    ("опубліков", DateLabel::Published), ("публікац", DateLabel::Published),
    ("публикуван", DateLabel::Published), ("објављен", DateLabel::Published),
    ("дата", DateLabel::Published), ("aktualiz", DateLabel::Updated),
    ("zaktualiz", DateLabel::Updated), ("azuriran", DateLabel::Updated),
    ("posodobljen", DateLabel::Updated), ("atnaujint", DateLabel::Updated),
    ("atjaunot", DateLabel::Updated), ("обновлен", DateLabel::Updated), ("оновлен", DateLabel::Updated),
    ("обновен", DateLabel::Updated), ("изменен", DateLabel::Updated), ("ажуриран", DateLabel::Updated),
    // Greek, Hungarian, Albanian, Turkish
    ("δημοσιευ", DateLabel::Published), ("ημερομηνια", DateLabel::Published),
    ("kozzeteve", DateLabel::Published), ("megjelen", DateLabel::Published),
    ("publikuar", DateLabel::Published), ("yayinlan", DateLabel::Published),
    ("yayimlan", DateLabel::Published), ("tarih", DateLabel::Published),
    ("tarihi", DateLabel::Published), ("ενημερω", DateLabel::Updated),
    ("frissit", DateLabel::Updated), ("modositva", DateLabel::Updated),
    ("perditesuar", DateLabel::Updated), ("guncelle", DateLabel::Updated),
    // Arabic, Persian, Hebrew, Hindi
    ("نشر", DateLabel::Published), ("النشر", DateLabel::Published), ("تاريخ", DateLabel::Published),
    ("انتشار", DateLabel::Published), ("تحديث", DateLabel::Updated), ("التحديث", DateLabel::Updated),
    ("פורסם", DateLabel::Published), ("עודכן", DateLabel::Updated), ("प्रकाशित", DateLabel::Published),
    ("अपडेट", DateLabel::Updated),
    // Indonesian, Malay, Vietnamese
    ("diterbitkan", DateLabel::Published), ("dipublikasikan", DateLabel::Published),
    ("tarikh", DateLabel::Published), ("tanggal", DateLabel::Published),
    ("diperbarui", DateLabel::Updated), ("dikemaskini", DateLabel::Updated),
    // Chinese, Japanese, Korean
    ("发布", DateLabel::Published), ("發布", DateLabel::Published), ("发表", DateLabel::Published),
    ("公開", DateLabel::Published), ("掲載", DateLabel::Published), ("発行", DateLabel::Published),
    ("입력", DateLabel::Published), ("등록", DateLabel::Published), ("게재", DateLabel::Published),
    ("승인", DateLabel::Published), ("更新", DateLabel::Updated), ("수정", DateLabel::Updated),
    ("최종", DateLabel::Updated), ("修改", DateLabel::Updated),
];

/// Other words that stand on lines of dates, in the same languages: "on", "at", "o'clock", "local
/// time", "edition", "last", "first"; the months of the Islamic calendar, which are printed before
/// the date.
#[rustfmt::skip]
const BESIDE_DATES: &[&str] = &[
    "last", "first", "created", "on", "at", "issue", "added", "the", "edition", "print", "am",
    "pm", "a.m", "p.m", "noon", "midnight", "original", "originally", "of", "and", "h", "hrs",
    "hours", "time", "local", "today", "yesterday", "ago", "day", "days", "hour", "minutes", "ist",
    "mins", "min", "release", "version", "web", "story", "article", "was", "final", "late",
    "morning", "evening", "for", "immediate",
    "uhr", "um", "den", "der", "stand", "zuletzt", "om", "op", "uur", "laatst", "laatste",
    "le", "a", "h", "el", "las", "los", "il", "alle", "ore", "ora", "em", "as", "la", "de", "del",
    "d", "do", "da", "mis", "mise", "derniere", "dernier", "ultima", "ultimo", "actualizacion",
    "hora", "horas", "hs", "lecture",
    "kl", "klo", "kello", "sist", "senast", "sidst", "viimeksi", "i",
    "g", "godz", "dnia", "roku", "r", "v", "ve", "dne", "dna", "ob", "u", "г", "года", "году", "в",
    "о", "у", "р", "рок", "року", "год", "gada", "m", "d",
    "στις", "ωρα", "me", "ne", "ora", "saat", "son", "tarihinde", "date", "utolso",
    "في", "آخر", "م", "هـ", "الساعة", "ב", "को", "पर", "pada", "pukul", "jam", "wib", "terakhir",
    "时间", "時間", "日時", "최종수정", "오전", "오후", "수정일", "등록일", "기사입력",
    "muharram", "safar", "rabi", "rajab", "ramadan", "ramazan", "shaban", "shawwal", "jumada",
    "dhu", "al", "ul", "awwal", "thani", "akhir", "hijjah", "hijja", "qadah", "qada", "ah",
];

static BESIDE: LazyLock<FxHashSet<String>> =
    LazyLock::new(|| BESIDE_DATES.iter().map(|word| folded(word)).collect());

/// The labels in folded form, by first letter.
static LABELS: LazyLock<FxHashMap<char, Vec<(String, DateLabel)>>> = LazyLock::new(|| {
    let mut labels: FxHashMap<char, Vec<(String, DateLabel)>> = FxHashMap::default();
    for &(stem, label) in STEMS {
        let stem = folded(stem);
        if let Some(first) = stem.chars().next() {
            labels.entry(first).or_default().push((stem, label));
        }
    }
    labels
});

/// The fewest letters of a label that stands for all words that begin with it.
const SHORTEST_STEM: usize = 6;

/// Returns what a word says that a date is the date of, if it is a label.
pub fn label_named(word: &str) -> Option<DateLabel> {
    with_folded(word, label_of)
}

fn label_of(folded: &str) -> Option<DateLabel> {
    let labels = LABELS.get(&folded.chars().next()?)?;
    let found = labels.iter().find(|(stem, _)| {
        folded == stem || folded.starts_with(&**stem) && stem.chars().count() >= SHORTEST_STEM
    });
    found.map(|&(_, label)| label)
}

/// The words for "date", which say the least: "Modified date" is that of a change.
#[rustfmt::skip]
const DATE: &[&str] = &[
    "date", "datum", "fecha", "data", "dato", "дата", "tarih", "tarihi", "ημερομηνια", "تاريخ",
    "tarikh", "tanggal",
];

/// Returns what the words before a date say that it is the date of. Of several labels the last
/// counts, but "date" counts least.
pub fn label_in(before: &str) -> Option<DateLabel> {
    let labels = words(before).filter_map(|word| Some((word, label_named(word)?)));
    let is_specific = |word: &str| with_folded(word, |word| !DATE.contains(&word));
    labels
        .max_by_key(|(word, _)| is_specific(word))
        .map(|(_, label)| label)
}

/// Returns whether a word may stand on a line of dates: a label, the name of a month or weekday, or
/// a word between them.
pub fn is_beside_dates(word: &str) -> bool {
    let is_listed =
        |folded: &str| label_of(folded).is_some() || BESIDE.contains(folded.trim_end_matches('.'));
    is_calendar_word(word) || with_folded(word, is_listed) || is_east_asian_weekday(word)
}

/// Returns whether a word is the name of a month or of a weekday. Abbreviations count in English
/// alone.
pub fn is_calendar_word(word: &str) -> bool {
    month_named(word).is_some()
        || weekday_named(word).is_some()
        || matches!(named(word), Some(Name::Month(_) | Name::Weekday(_)))
}

/// Returns whether a word is a weekday in Chinese, Japanese or Korean: `木`, `木曜日`, `星期四`, `周四`,
/// `목요일`.
fn is_east_asian_weekday(word: &str) -> bool {
    let bare = word
        .strip_prefix("星期")
        .or_else(|| word.strip_prefix('周'))
        .or_else(|| word.strip_suffix("曜日"))
        .or_else(|| word.strip_suffix("요일"))
        .unwrap_or(word);
    let mut chars = bare.chars();
    let is_day = chars
        .next()
        .is_some_and(|c| "月火水木金土日一二三四五六天월화수목금토일".contains(c));
    is_day && chars.next().is_none()
}

/// Returns the words of a text, without the signs around them.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphabetic())
        .filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_dates() {
        use DateLabel::{Event, Published, Saved, Updated};
        for (before, expected) in [
            ("Published on ", Some(Published)),
            ("First published: ", Some(Published)),
            ("Veröffentlicht am ", Some(Published)),
            ("PUBLIÉ LE ", Some(Published)),
            ("Mis à jour le ", Some(Updated)),
            ("Опубликовано: ", Some(Published)),
            ("Son güncelleme: ", Some(Updated)),
            ("Last updated ", Some(Updated)),
            (" (updated ", Some(Updated)),
            ("Retrieved ", Some(Saved)),
            ("Modified date: ", Some(Updated)),
            ("Date of publication: ", Some(Published)),
            ("Born ", Some(Event)),
            ("Oslo, ", None),
            ("", None),
        ] {
            assert_eq!(label_in(before), expected, "{before}");
        }
    }
}
