//! Lists of the words around names: titles, particles and suffixes.

/// Titles before a name, folded. They are not part of the name.
pub(super) const HONORIFICS: &[&str] = &[
    "mr",
    "mrs",
    "ms",
    "miss",
    "mme",
    "dr",
    "prof",
    "professor",
    "sir",
    "dame",
    "lord",
    "lady",
    "president",
    "senator",
    "sen",
    "congressman",
    "congresswoman",
    "rep",
    "representative",
    "governor",
    "gov",
    "gen",
    "general",
    "col",
    "colonel",
    "capt",
    "captain",
    "lt",
    "lieutenant",
    "maj",
    "sgt",
    "sergeant",
    "cmdr",
    "commander",
    "adm",
    "admiral",
    "ambassador",
    "secretary",
    "minister",
    "prime",
    "premier",
    "chancellor",
    "pope",
    "judge",
    "justice",
    "sheikh",
    "shaikh",
    "ayatollah",
    "hon",
    "rev",
    "reverend",
    "fr",
    "father",
    "sister",
    "king",
    "queen",
    "prince",
    "princess",
    "mayor",
    "deputy",
    "vice",
    "former",
    "foreign",
    "the",
    "doctor",
    "cardinal",
    "archbishop",
    "bishop",
    "emperor",
    "empress",
    "mother",
    "crown",
    "duke",
    "duchess",
    "baron",
    "baroness",
    "imam",
    "mullah",
    "herr",
    "frau",
    "monsieur",
    "madame",
    "don",
    "dona",
];

/// Honorifics that only a person can follow, in lower case.
pub(super) const PERSONAL_HONORIFICS: [&str; 7] = ["mr", "mr.", "mrs", "mrs.", "ms", "ms.", "miss"];

/// Titles after which a name of one word is a whole name, not a surname: Pope Francis, Queen Anne.
pub const REGNAL: &[&str] = &[
    "pope", "king", "queen", "prince", "princess", "emperor", "empress", "saint", "mother",
];

/// Titles before a given name, which no surname follows without one: Sir Hugh, Dame Judith.
pub const TITLES_OF_GIVEN_NAMES: &[&str] = &["sir", "dame", "don", "dona"];

/// Titles before a surname or a given name alone: Sister Helen, Father Brown.
pub const OF_BOTH_NAMES: &[&str] = &["sister", "brother", "father", "sheikh", "shaikh"];

/// Titles after a name and a comma: `Ann Hale, Baroness Hale of Norwich`.
pub(super) const PEERAGE: &[&str] = &[
    "prince",
    "princess",
    "duke",
    "duchess",
    "marquess",
    "marquis",
    "earl",
    "count",
    "countess",
    "viscount",
    "viscountess",
    "baron",
    "baroness",
    "lord",
    "lady",
    "king",
    "queen",
    "archbishop",
    "bishop",
];

/// Particles of surnames, folded.
pub(super) const PARTICLES: &[&str] = &[
    "de", "del", "della", "di", "da", "dos", "das", "do", "du", "des", "la", "le", "van", "von",
    "der", "den", "ter", "ten", "bin", "ibn", "bint", "ben", "al", "el", "ul", "ur", "abu", "zu",
    "zum", "af", "av", "los", "las", "lo",
];

/// Suffixes of names, folded.
pub(super) const SUFFIXES: &[&str] = &["jr", "junior", "sr", "senior"];

/// Numerals after names, of two letters at least. `xi` is a surname.
pub(super) const NUMERALS: &[&str] = &[
    "ii", "iii", "iv", "vi", "vii", "viii", "ix", "xii", "xiii", "xiv", "xv", "xvi", "xvii",
    "xviii", "xix", "xx", "xxi", "xxii", "xxiii",
];

/// Titles of men, in lower case without a full stop.
pub const MENS_TITLES: &[&str] = &["mr", "sir", "lord", "king", "prince", "father", "brother"];

/// Titles of women, in the same form.
pub const WOMENS_TITLES: &[&str] = &[
    "mrs", "ms", "miss", "mme", "lady", "dame", "queen", "princess", "sister", "madam",
];
