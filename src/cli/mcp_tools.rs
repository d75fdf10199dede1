//! The tools of `morgue mcp`: their arguments, and what each answers.

use std::ffi::OsStr;
use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

use morgue::archive::Archive;
use morgue::article::Block;
use morgue::identity::records::{self, PersonRecord, Summary};
use morgue::render::{self, Style};
use morgue::search::links::LinkedArticle;
use morgue::search::{self, Request, note_on_name};
use morgue::{Error, PartialDate};
use rmcp::handler::server::common::schema_for_type;
use rmcp::model::ToolAnnotations;
use rmcp::schemars::{self, JsonSchema};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::hints::with_hint;
use super::narrowing;
use super::outcome::Failure;
use super::show::write_rule;

/// The archive, opened anew when a run has changed its index.
pub struct Archives {
    open: Mutex<Arc<Archive>>,
}

impl Archives {
    /// Returns the archive to begin with.
    pub fn new(archive: Archive) -> Self {
        Self {
            open: Mutex::new(Arc::new(archive)),
        }
    }

    /// Returns the archive as it is now.
    fn current(&self) -> Result<Arc<Archive>, Error> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if !open.is_current() {
            *open = Arc::new(Archive::open(&open.folder)?);
        }
        Ok(Arc::clone(&open))
    }
}

/// What a tool answers.
pub struct Answer {
    /// The answer as the command line prints it.
    pub text: String,
    /// The records of the command's `--json`.
    pub records: Value,
}

/// A tool.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tool {
    /// `morgue search`.
    Search,
    /// `morgue show`.
    Show,
    /// `morgue people`.
    People,
}

impl Tool {
    /// All tools.
    pub const ALL: [Self; 3] = [Self::Search, Self::Show, Self::People];

    /// Returns the tool with a name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tool| tool.name() == name)
    }

    /// Returns the name of the tool.
    pub fn name(self) -> &'static str {
        match self {
            Self::Search => "search",
            Self::Show => "show",
            Self::People => "people",
        }
    }

    /// Returns what an assistant is told of the tool.
    pub fn description(self) -> rmcp::model::Tool {
        let (about, arguments) = match self {
            Self::Search => (
                "Search the archive. Returns ranked articles, each with its id, path, headline, date, outlet, \
                 writers, persons and passages that match, word for word; `answer` says how many articles match \
                 in all and how the query was understood.",
                schema_for_type::<SearchArguments>(),
            ),
            Self::Show => (
                "Show one article in full: its text as blocks, with headline, writers, dates, outlet, persons and \
                 what was taken out of the file.",
                schema_for_type::<ShowArguments>(),
            ),
            Self::People => (
                "List the persons whom most articles name, or those with one name: how many articles name each, \
                 from when to when, under which spellings, and together with whom.",
                schema_for_type::<PeopleArguments>(),
            ),
        };
        let hints = ToolAnnotations::new().read_only(true).open_world(false);
        rmcp::model::Tool::new(self.name(), about, arguments).with_annotations(hints)
    }

    /// Answers a call. An error is a message that says what to do.
    pub fn answer(self, archives: &Archives, arguments: Value) -> Result<Answer, String> {
        let archive = || archives.current().map_err(in_words);
        match self {
            Self::Search => search(read(arguments)?, &*archive()?),
            Self::Show => show(read(arguments)?, &*archive()?),
            Self::People => people(read(arguments)?, &*archive()?),
        }
    }
}

/// The most hits of one call.
const MOST_HITS: usize = 50;

/// The most persons of one call.
const MOST_PERSONS: usize = 100;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(crate = "schemars")]
struct SearchArguments {
    /// Words, all of which have to match in any form, and the query language: "a phrase", OR, -word, (…),
    /// NEAR/5, SAME-SENTENCE, harb*, headline:…, person:"…", source:…, date:2018-06..2018-09, words>500.
    #[serde(default)]
    query: String,
    /// Only articles that name all of these persons, in any spelling.
    #[serde(default)]
    persons: Vec<String>,
    /// Only articles published on or after this date: 2018, 2018-06 or 2018-06-27.
    after: Option<String>,
    /// Only articles published on or before this date.
    before: Option<String>,
    /// Only articles of this outlet, by its name or its domain.
    source: Option<String>,
    /// Whether any of the words is enough.
    #[serde(default)]
    any: bool,
    /// Whether only articles with all of the words are found, even where none has all.
    #[serde(default)]
    all: bool,
    /// Whether articles that print only a person's surname are found too, although it may be another's.
    #[serde(default)]
    loose: bool,
    /// Whether every article of a story is a hit, copies and cuts too.
    #[serde(default)]
    all_copies: bool,
    /// The order of the hits.
    #[serde(default)]
    sort: Order,
    /// The number of hits, at most 50.
    #[serde(default = "SearchArguments::usual_limit")]
    limit: usize,
    /// The number of hits to skip first.
    #[serde(default)]
    offset: usize,
}

impl SearchArguments {
    fn usual_limit() -> usize {
        10
    }
}

#[derive(Clone, Copy, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(crate = "schemars")]
enum Order {
    #[default]
    Relevance,
    Newest,
    Oldest,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(crate = "schemars")]
struct ShowArguments {
    /// The article's id, or the path of its file, as a search prints them.
    article: String,
    /// The number of the first block to show, from 1: of a long text, a part is shown, with the `next` number.
    #[serde(default = "ShowArguments::first_block")]
    from: usize,
}

impl ShowArguments {
    fn first_block() -> usize {
        1
    }
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(crate = "schemars")]
struct PeopleArguments {
    /// A person's name, in any order and spelling; without it, the persons in most articles are listed.
    name: Option<String>,
    /// The number of persons, at most 100.
    #[serde(default = "PeopleArguments::usual_limit")]
    limit: usize,
}

impl PeopleArguments {
    fn usual_limit() -> usize {
        20
    }
}

/// Reads the arguments of a call.
fn read<T: DeserializeOwned>(arguments: Value) -> Result<T, String> {
    let hint = "the tool's input schema lists what it takes";
    serde_json::from_value(arguments).map_err(|error| format!("arguments: {error}; {hint}"))
}

fn ensure_at_most(limit: usize, most: usize) -> Result<(), String> {
    match limit <= most {
        true => Ok(()),
        false => Err(format!(
            "limit: {limit} is more than {most}; ask for fewer, and for the next ones by another call"
        )),
    }
}

/// Reads a date as the command line does.
fn date(name: &str, typed: Option<String>) -> Result<Option<PartialDate>, String> {
    let read =
        |typed: String| narrowing::date(&typed).map_err(|message| format!("{name}: {message}"));
    typed.map(read).transpose()
}

fn search(arguments: SearchArguments, archive: &Archive) -> Result<Answer, String> {
    ensure_at_most(arguments.limit, MOST_HITS)?;
    let request = Request {
        query: arguments.query,
        persons: arguments.persons,
        after: date("after", arguments.after)?,
        before: date("before", arguments.before)?,
        source: arguments.source,
        any: arguments.any,
        all: arguments.all,
        loose: arguments.loose,
        all_copies: arguments.all_copies,
        sort: match arguments.sort {
            Order::Relevance => search::Sort::Relevance,
            Order::Newest => search::Sort::Newest,
            Order::Oldest => search::Sort::Oldest,
        },
        limit: arguments.limit,
        offset: arguments.offset,
        ..Request::default()
    };
    let answer = search::search(archive, &request).map_err(in_words)?;
    let folder = archive.articles_folder();
    let text = written(|out| render::answer(out, &answer, folder, &Style::default()))?;
    let records = json!({ "answer": record(&answer)?, "hits": record(&answer.hits)? });
    Ok(Answer { text, records })
}

/// The most bytes of text of one call. Assistants refuse answers of more than some 100 KB, and the text is in an
/// answer twice.
const MOST_TEXT: usize = 30_000;

fn show(arguments: ShowArguments, archive: &Archive) -> Result<Answer, String> {
    let ShowArguments {
        article: name,
        from,
    } = arguments;
    let mut articles = archive.articles(OsStr::new(&name)).map_err(in_words)?;
    let blocks = articles.iter().flat_map(|article| &article.blocks);
    let bytes: usize = blocks.map(|block| block.text.len()).sum();
    if articles.len() > 1 && bytes > MOST_TEXT {
        let number = articles.len();
        return Err(format!(
            "{name} has {number} articles, too many to show at once; search for one and show it by its id"
        ));
    }
    let next = match &mut articles[..] {
        [article] => cut(&mut article.blocks, from)?,
        _ => None,
    };
    let linked = articles.into_iter();
    let linked: Result<Vec<LinkedArticle>, Error> = linked
        .map(|article| LinkedArticle::of(archive, article))
        .collect();
    let linked = linked.map_err(in_words)?;
    let text = written(|out| {
        for (number, shown) in linked.iter().enumerate() {
            write_rule(out, number, &Style::default())?;
            render::article(out, &shown.article, &Style::default())?;
            render::links(out, &shown.links, &Style::default())?;
        }
        match next {
            Some(next) => writeln!(out, "\nThe text goes on: show it from {next}"),
            None => Ok(()),
        }
    })?;
    let mut records = json!({ "articles": record(&linked)? });
    if let Some(next) = next {
        records["next"] = next.into();
    }
    Ok(Answer { text, records })
}

/// Cuts the blocks of an article to [`MOST_TEXT`], from the block with a number, and returns the number of the
/// next if there are more.
fn cut(blocks: &mut Vec<Block>, from: usize) -> Result<Option<usize>, String> {
    let all = blocks.len();
    if from == 0 || from > all.max(1) {
        return Err(format!(
            "from: the article has blocks 1 to {all}; give the `next` of the answer before"
        ));
    }
    blocks.drain(..from - 1);
    let mut bytes = 0;
    let fitting = blocks.iter().take_while(|block| {
        bytes += block.text.len();
        bytes <= MOST_TEXT
    });
    // A block is shown whole, however long.
    let shown = fitting.count().max(1);
    blocks.truncate(shown);
    let next = from + shown;
    Ok((next <= all).then_some(next))
}

fn people(arguments: PeopleArguments, archive: &Archive) -> Result<Answer, String> {
    let PeopleArguments { name, limit } = arguments;
    ensure_at_most(limit, MOST_PERSONS)?;
    let Some(name) = name.filter(|name| !name.trim().is_empty()) else {
        let people = records::records_of_most_named(archive, limit, false).map_err(in_words)?;
        let listed: Vec<Summary> = people.iter().map(summary).collect();
        let text = written(|out| render::person_list(out, &listed, &Style::default()))?;
        let records = json!({ "people": record(&people)? });
        return Ok(Answer { text, records });
    };
    let found = records::named(archive, &name, false).map_err(in_words)?;
    let shown = &found[..found.len().min(limit)];
    let note = match found.is_empty() {
        true => note_on_name(archive, &name).map_err(in_words)?,
        false => None,
    };
    let text = written(|out| {
        for (person, years) in shown {
            render::person(out, person, years, &Style::default())?;
        }
        render::write_left_out(out, ("", "person"), found.len(), limit)
    })?;
    let text = match (found.is_empty(), note) {
        (false, _) => text,
        (true, Some(note)) => note,
        (true, None) => format!("no article names {name}"),
    };
    let people: Vec<_> = shown.iter().map(|(person, _)| person).collect();
    let records = json!({ "people": record(&people)? });
    Ok(Answer { text, records })
}

/// Returns a person as the plain list has one.
fn summary(person: &PersonRecord) -> Summary {
    Summary {
        name: person.name.clone(),
        articles: person.articles,
        first: person.first,
        last: person.last,
        stories: person.stories,
    }
}

/// Returns a record as `--json` writes it: a score has as many digits there as tell it from others, and more
/// in a [`Value`] that is made of it directly.
fn record(of: &impl Serialize) -> Result<Value, String> {
    let written = written(|out| render::json(out, of))?;
    serde_json::from_str(&written).map_err(|error| with_hint(&Failure::Panic(error.to_string())))
}

/// Returns what is written.
fn written(write: impl FnOnce(&mut Vec<u8>) -> io::Result<()>) -> Result<String, String> {
    let mut out = Vec::new();
    write(&mut out).map_err(|error| with_hint(&error.into()))?;
    Ok(String::from_utf8_lossy(&out).into_owned())
}

/// Returns the message of an error, with its hint.
fn in_words(error: Error) -> String {
    with_hint(&Failure::Library(error))
}
