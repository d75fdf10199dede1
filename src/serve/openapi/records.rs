//! The records that programs are answered, as tables of their keys.

use super::schemas::{Kind, Record, key, or_null, sometimes};

/// The kinds of dates.
const DATES: &[&str] = &[
    "header",
    "byline",
    "url",
    "dateline",
    "updated",
    "printed",
    "load-date",
    "related-url",
];

/// All records.
pub(super) const RECORDS: &[Record] = &[
    Record {
        name: "Fault",
        about: "Why there is no answer.",
        keys: &[
            key("error", Kind::Text, "What is wrong."),
            key("hint", Kind::Text, "What to do about it."),
            sometimes(
                "at",
                Kind::Int,
                "The byte of the query at which it is wrong, from 0.",
            ),
        ],
    },
    Record {
        name: "Found",
        about: "What was found: the records of `search --json --counts`, or of `similar --json`.",
        keys: &[
            key("answer", Kind::One("Answer"), "The answer as a whole."),
            sometimes(
                "counts",
                Kind::One("Counts"),
                "The counts of the whole result; not of similar articles.",
            ),
            key("hits", Kind::Many("Hit"), "The hits of the page, in order."),
        ],
    },
    Record {
        name: "Answer",
        about: "The answer as a whole.",
        keys: &[
            key(
                "schema",
                Kind::Int,
                "The version of the records, which rises on an incompatible change.",
            ),
            key("query", Kind::Text, "The query, as typed."),
            key("understood", Kind::Text, "The query as it was understood."),
            key("total", Kind::Int, "How many articles match."),
            sometimes(
                "stories",
                Kind::Int,
                "How many stories these are, where it is known.",
            ),
            key(
                "took_ms",
                Kind::Float,
                "How long the search took, in milliseconds.",
            ),
            key(
                "notes",
                Kind::Texts,
                "Notes on how the query was read, and suggestions.",
            ),
        ],
    },
    Record {
        name: "Hit",
        about: "An article that was found.",
        keys: &[
            key("rank", Kind::Int, "Its rank, from 1."),
            key(
                "score",
                Kind::Float,
                "Its score; scores of different answers can't be compared.",
            ),
            key("id", Kind::Text, "The article's id."),
            key(
                "path",
                Kind::Text,
                "The file's path below the folder of articles.",
            ),
            or_null("headline", Kind::Text, "The headline."),
            sometimes(
                "headline_marked",
                Kind::Many("Span"),
                "The headline with what matched, if anything did.",
            ),
            sometimes(
                "beginning",
                Kind::Text,
                "The first words, where there is no headline.",
            ),
            or_null(
                "published",
                Kind::Text,
                "The day, month or year of publication.",
            ),
            or_null("source", Kind::Text, "The outlet."),
            key("byline", Kind::Texts, "The writers."),
            key(
                "people",
                Kind::Texts,
                "The persons named, most mentioned first.",
            ),
            key(
                "passages",
                Kind::Lists("Span"),
                "Up to three passages, in the article's own words.",
            ),
            sometimes("places", Kind::Many("Place"), "Where each passage stands."),
            sometimes(
                "lacks",
                Kind::Texts,
                "The words of the query that it lacks.",
            ),
            sometimes("story", Kind::Text, "The id of its story."),
            sometimes(
                "copies",
                Kind::Texts,
                "The paths of the other articles found that are the same story.",
            ),
            sometimes(
                "copy_of",
                Kind::Text,
                "The id of the article of which it is a copy.",
            ),
        ],
    },
    Record {
        name: "Span",
        about: "A piece of text.",
        keys: &[
            key("text", Kind::Text, "The text."),
            sometimes("hit", Kind::Truth, "True if it matches the query."),
        ],
    },
    Record {
        name: "Place",
        about: "Where a passage stands.",
        keys: &[
            key(
                "paragraph",
                Kind::Int,
                "The number of its paragraph, from 1.",
            ),
            key(
                "from",
                Kind::Int,
                "Its first character in the paragraph, from 0.",
            ),
            key("to", Kind::Int, "The character after its last."),
        ],
    },
    Record {
        name: "Counts",
        about: "Articles of the whole result, counted.",
        keys: &[
            key("years", Kind::Numbers, "By year."),
            key("months", Kind::Numbers, "By month."),
            key("undated", Kind::Int, "Those without a date."),
            key("sources", Kind::Many("Tally"), "By outlet, most first."),
            key("people", Kind::Many("Tally"), "By person."),
            key("bylines", Kind::Many("Tally"), "By writer."),
            sometimes("year_stories", Kind::Numbers, "Stories by year."),
            sometimes("month_stories", Kind::Numbers, "Stories by month."),
            sometimes("undated_stories", Kind::Int, "Stories without a date."),
        ],
    },
    Record {
        name: "Tally",
        about: "A name and how many articles it has.",
        keys: &[
            key("name", Kind::Text, "The name."),
            key("articles", Kind::Int, "Articles."),
            sometimes("stories", Kind::Int, "Stories."),
        ],
    },
    Record {
        name: "Overview",
        about: "What is in the archive.",
        keys: &[
            key("archive", Kind::One("Stats"), "How much."),
            key("years", Kind::Numbers, "Articles by year."),
            key(
                "people",
                Kind::Many("Tally"),
                "The persons in most articles.",
            ),
            key(
                "sources",
                Kind::Many("Tally"),
                "The outlets of most articles.",
            ),
            key("newest", Kind::Many("Hit"), "The newest articles."),
        ],
    },
    Record {
        name: "Persons",
        about: "The persons that a name may mean.",
        keys: &[
            key("name", Kind::Text, "The name, as asked."),
            key(
                "people",
                Kind::Many("NamedPerson"),
                "The persons, most articles first.",
            ),
            key(
                "namesakes",
                Kind::Numbers,
                "Articles by other names with the same surname.",
            ),
            sometimes("note", Kind::Text, "How the name was read."),
        ],
    },
    Record {
        name: "NamedPerson",
        about: "A person: the record of `people --json`.",
        keys: &[
            key("name", Kind::Text, "The name in most articles."),
            key("key", Kind::Text, "The folded form of that name."),
            key("articles", Kind::Int, "Articles that name the person."),
            key("mentions", Kind::Int, "Mentions in them."),
            or_null(
                "first",
                Kind::Text,
                "The first day on which one may have been published.",
            ),
            or_null("last", Kind::Text, "The last such day."),
            key("spellings", Kind::Numbers, "Articles by spelling."),
            key(
                "titles",
                Kind::Numbers,
                "Articles by the title before the name.",
            ),
            key(
                "with",
                Kind::Many("Tally"),
                "The persons that these articles name too.",
            ),
            sometimes("stories", Kind::Int, "Stories that these articles are."),
            sometimes("spelling_stories", Kind::Numbers, "Stories by spelling."),
        ],
    },
    Record {
        name: "Numbers",
        about: "The numbers of articles in a place of the archive.",
        keys: &[
            sometimes("years", Kind::Numbers, "By year."),
            sometimes("months", Kind::Numbers, "By month."),
            sometimes("days", Kind::Numbers, "By day."),
            sometimes(
                "whole",
                Kind::Int,
                "Of which no more is known than the year or the month.",
            ),
            sometimes("undated", Kind::Int, "Without a date."),
            sometimes("sources", Kind::Numbers, "By outlet."),
            sometimes("bylines", Kind::Numbers, "By writer."),
            sometimes("folders", Kind::Numbers, "By folder, with all below it."),
            sometimes("files", Kind::Int, "Of files in no folder below."),
        ],
    },
    Record {
        name: "Stats",
        about: "How much is in the archive.",
        keys: &[
            key("articles", Kind::Int, "Articles."),
            key("files", Kind::Int, "Files."),
            key("dated", Kind::Int, "Articles with a date of publication."),
            or_null(
                "first",
                Kind::Text,
                "The first day on which one may have been published.",
            ),
            or_null("last", Kind::Text, "The last such day."),
            key("sources", Kind::Pairs, "Outlets, each with its articles."),
            key(
                "languages",
                Kind::Pairs,
                "Languages, each with its articles.",
            ),
            key("names", Kind::Int, "Spellings of persons' names."),
            key("bytes", Kind::Int, "The size of the index, in bytes."),
        ],
    },
    Record {
        name: "Article",
        about: "An article: the record of `show --json`.",
        keys: &[
            key(
                "schema",
                Kind::Int,
                "The version of the records, which rises on an incompatible change.",
            ),
            key("id", Kind::Text, "Its id."),
            key(
                "path",
                Kind::Text,
                "The file's path below the folder of articles.",
            ),
            key(
                "part",
                Kind::Int,
                "The number of the article in its file, from 0.",
            ),
            or_null("headline", Kind::Text, "The headline."),
            or_null(
                "headline_from",
                Kind::Word(&["header", "first-line", "print-header"]),
                "Where it was read.",
            ),
            key("byline", Kind::Texts, "The writers."),
            key(
                "contributors",
                Kind::Texts,
                "Those credited with additional reporting.",
            ),
            or_null(
                "agency",
                Kind::Text,
                "The news agency that the text is credited to.",
            ),
            or_null("dateline", Kind::One("Dateline"), "The dateline."),
            or_null(
                "published",
                Kind::Text,
                "The day, month or year of publication.",
            ),
            or_null(
                "published_from",
                Kind::Word(DATES),
                "The kind of date that it was taken from.",
            ),
            key(
                "dates",
                Kind::Many("FoundDate"),
                "Every date outside the running text.",
            ),
            or_null(
                "source",
                Kind::Text,
                "The outlet as printed, or its domain.",
            ),
            or_null(
                "source_domain",
                Kind::Text,
                "The outlet's registered domain.",
            ),
            or_null("section", Kind::Text, "The section, as printed."),
            or_null("edition", Kind::Text, "The edition, as printed."),
            or_null("page", Kind::Text, "The page or pages, as printed."),
            or_null("url", Kind::Text, "The article's own URL."),
            key("urls", Kind::Texts, "Every URL in the file."),
            key(
                "related",
                Kind::Texts,
                "The titles of other stories that it points to.",
            ),
            key(
                "line_layout",
                Kind::Word(&[
                    "wrapped",
                    "double-spaced",
                    "no-blank-lines",
                    "indented",
                    "one-paragraph-a-line",
                ]),
                "How the lines of the file make paragraphs.",
            ),
            key("blocks", Kind::Many("Block"), "The body, in order."),
            key(
                "people",
                Kind::Many("Person"),
                "The persons named, most mentioned first.",
            ),
            key(
                "receipt",
                Kind::Many("Removed"),
                "What was taken out of the text.",
            ),
            or_null("language", Kind::Text, "The language, as an ISO 639 code."),
            key("words", Kind::Int, "Words in the body."),
            key(
                "warnings",
                Kind::Texts,
                "Notes on the quality of the text and of its dates.",
            ),
            sometimes(
                "why",
                Kind::Many("Origin"),
                "Where fields were read, if it was asked for.",
            ),
            sometimes(
                "evidence",
                Kind::Open,
                "What the rest of the archive is asked and told.",
            ),
            sometimes("points_to", Kind::Many("Linked"), "Articles that it names."),
            sometimes(
                "pointed_to_by",
                Kind::Many("Linked"),
                "Articles that name it.",
            ),
        ],
    },
    Record {
        name: "Dateline",
        about: "Where and when a report was filed.",
        keys: &[
            or_null("place", Kind::Text, "The place, as printed."),
            or_null("date", Kind::Text, "The day."),
        ],
    },
    Record {
        name: "FoundDate",
        about: "A date in the file.",
        keys: &[
            key("date", Kind::Text, "The date."),
            key("kind", Kind::Word(DATES), "What it dates."),
            key("text", Kind::Text, "The date as printed."),
        ],
    },
    Record {
        name: "Block",
        about: "A paragraph, heading or the like.",
        keys: &[
            key(
                "kind",
                Kind::Word(&[
                    "paragraph",
                    "standfirst",
                    "subhead",
                    "list-item",
                    "quotation",
                ]),
                "What it is.",
            ),
            key("text", Kind::Text, "Its text, on one line."),
        ],
    },
    Record {
        name: "Person",
        about: "A person whom the article names.",
        keys: &[
            key("name", Kind::Text, "The fullest form in the text."),
            key(
                "key",
                Kind::Text,
                "The folded form by which spellings are compared.",
            ),
            key("count", Kind::Int, "Mentions."),
            key("forms", Kind::Numbers, "Mentions by form, as printed."),
            sometimes(
                "titles",
                Kind::Text,
                "The words of titles before the mentions.",
            ),
        ],
    },
    Record {
        name: "Removed",
        about: "A line, or a part of one, that is not in the body.",
        keys: &[
            key("line", Kind::Int, "The number of the line, from 1."),
            key(
                "kind",
                Kind::Word(&[
                    "url",
                    "related",
                    "header",
                    "footer",
                    "caption",
                    "boilerplate",
                    "control",
                ]),
                "Why it was taken out.",
            ),
            key("text", Kind::Text, "What was taken out."),
        ],
    },
    Record {
        name: "Origin",
        about: "Where a field was read.",
        keys: &[
            key("field", Kind::Text, "The key of the field."),
            or_null("line", Kind::Int, "The number of the line, from 1."),
            key("text", Kind::Text, "The text that it was read from."),
            key("reason", Kind::Text, "Why there."),
        ],
    },
    Record {
        name: "Linked",
        about: "An article at the other end of a link.",
        keys: &[
            key("id", Kind::Text, "Its id."),
            key("path", Kind::Text, "The file's path."),
            or_null("headline", Kind::Text, "The headline."),
            or_null(
                "published",
                Kind::Text,
                "The day, month or year of publication.",
            ),
            key("by", Kind::Text, "The title or URL by which it is linked."),
        ],
    },
    Record {
        name: "Story",
        about: "All articles of a story: the record of `copies --json`.",
        keys: &[
            key("story", Kind::Text, "Its id."),
            key(
                "articles",
                Kind::Many("StoryArticle"),
                "Its articles, the earliest first.",
            ),
        ],
    },
    Record {
        name: "StoryArticle",
        about: "An article of a story. All but the first say what became of the first one's words.",
        keys: &[
            key("id", Kind::Text, "Its id."),
            key("path", Kind::Text, "The file's path."),
            key(
                "part",
                Kind::Int,
                "The number of the article in its file, from 0.",
            ),
            key(
                "kind",
                Kind::Word(&["first", "copy", "version", "joined"]),
                "What it is to the first.",
            ),
            or_null("headline", Kind::Text, "The headline."),
            or_null(
                "published",
                Kind::Text,
                "The day, month or year of publication.",
            ),
            or_null("source", Kind::Text, "The outlet."),
            key("byline", Kind::Texts, "The writers."),
            key("words", Kind::Int, "Words in the body."),
            sometimes("kept", Kind::Int, "Words that stayed."),
            sometimes("cut", Kind::Int, "Words that were cut."),
            sometimes("added", Kind::Int, "Words that were added."),
            sometimes(
                "changed",
                Kind::Int,
                "Words that were put in the place of others.",
            ),
            sometimes(
                "changes",
                Kind::Many("Change"),
                "Each passage, in the order of the text.",
            ),
        ],
    },
    Record {
        name: "Change",
        about: "What became of a passage.",
        keys: &[
            key(
                "kind",
                Kind::Word(&["kept", "cut", "added", "moved", "changed"]),
                "What became of it.",
            ),
            key("text", Kind::Text, "The passage."),
            sometimes("was", Kind::Text, "The passage that it replaces."),
        ],
    },
    Record {
        name: "Document",
        about: "An OpenAPI document.",
        keys: &[
            key("openapi", Kind::Text, "The version of OpenAPI."),
            key("info", Kind::Open, "What it describes."),
            key("paths", Kind::Open, "What can be asked."),
            key("components", Kind::Open, "The records."),
        ],
    },
];
