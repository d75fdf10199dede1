//! Measures search with a warm cache: 100 questions of eight kinds, ten hits each with passages,
//! compared with plain tantivy and its snippets.
//!
//! usage: `MORGUE_INDEX=DIR BARE_INDEX=DIR cargo bench --bench search [-- KIND]`, with indexes of the
//! same folder made by `morgue index` and `bare index` (`benches/bare.rs`). The questions are made
//! from articles of the index, so any archive can be used. KIND is a part of the name of a kind of
//! question, and limits the run to that kind.

use std::env;
use std::error::Error;
use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use morgue::Article;
use morgue::archive::{Archive, analyzer};
use morgue::passages::{Length, Mark};
use morgue::search::{Request, search};
use morgue::{passages, query};
use tantivy::collector::{Count, TopDocs};
use tantivy::query::QueryParser;
use tantivy::snippet::SnippetGenerator;
use tantivy::{DocAddress, Index, TantivyDocument};

/// The number of questions.
const QUESTIONS: usize = 100;

/// How often each question is asked. The best time counts, because other work on the machine only
/// adds to it.
const ROUNDS: usize = 15;

/// A question, and the words that plain tantivy is asked for.
struct Question {
    kind: Kind,
    request: Request,
    words: String,
}

fn main() -> Result<(), Box<dyn Error>> {
    cost_of_parsing();
    let Some(at) = env::var_os("MORGUE_INDEX") else {
        println!("MORGUE_INDEX is not set: only the parser was measured");
        return Ok(());
    };
    let archive = Archive::open(Path::new(&at))?;
    let articles = sample(&archive)?;
    let kinds = Kind::ALL.into_iter().cycle();
    let questions: Vec<Question> = kinds
        .zip(&articles)
        .map(|(kind, article)| question(kind, article))
        .collect();
    println!("{} articles", archive.snapshot.searcher.num_docs());
    let asked = env::args()
        .skip(1)
        .find(|argument| !argument.starts_with('-'));
    for kind in Kind::ALL {
        let name = kind.name();
        if asked.as_ref().is_some_and(|asked| !name.contains(asked)) {
            continue;
        }
        let of_kind = questions.iter().filter(|question| question.kind == kind);
        report(name, times(of_kind, |question| ask(&archive, question)));
    }
    if asked.is_some() {
        return Ok(());
    }
    report(
        "morgue, all",
        times(&questions, |question| ask(&archive, question)),
    );
    if let Some(at) = env::var_os("BARE_INDEX") {
        let bare = Bare::open(Path::new(&at))?;
        report(
            "plain tantivy",
            times(&questions, |question| bare.ask(question)),
        );
    }
    cost_of_passages(&articles);
    Ok(())
}

/// What a question asks for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    OneWord,
    TwoWords,
    ThreeWords,
    AnyOfASentence,
    Phrase,
    WordsInAYear,
    Prefix,
    Person,
}

impl Kind {
    const ALL: [Self; 8] = [
        Self::OneWord,
        Self::TwoWords,
        Self::ThreeWords,
        Self::AnyOfASentence,
        Self::Phrase,
        Self::WordsInAYear,
        Self::Prefix,
        Self::Person,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::OneWord => "one word",
            Self::TwoWords => "two words",
            Self::ThreeWords => "three words",
            Self::AnyOfASentence => "any of a sentence",
            Self::Phrase => "a phrase",
            Self::WordsInAYear => "two words in a year",
            Self::Prefix => "a prefix",
            Self::Person => "a person",
        }
    }
}

/// Returns articles at equal distances over the whole index, in an order that does not depend on how it
/// was built, so that indexes of one folder are asked the same questions.
fn sample(archive: &Archive) -> Result<Vec<Article>, Box<dyn Error>> {
    let searcher = &archive.snapshot.searcher;
    let mut addresses = Vec::new();
    for (ordinal, reader) in (0..).zip(searcher.segment_readers()) {
        let orders = reader.fast_fields().u64("order")?;
        for doc in reader.doc_ids_alive() {
            addresses.push((orders.first(doc), DocAddress::new(ordinal, doc)));
        }
    }
    addresses.sort_unstable();
    let mut articles = Vec::new();
    for (_, address) in addresses
        .iter()
        .step_by((addresses.len() / QUESTIONS / 2).max(1))
    {
        if archive.is_article(*address)? {
            let article = archive.article(*address)?;
            if words_of(&article).len() >= 12 && articles.len() < QUESTIONS {
                articles.push(article);
            }
        }
    }
    Ok(articles)
}

/// Returns the first words of an article's body, as written.
fn words_of(article: &Article) -> Vec<String> {
    let text = article
        .body()
        .find(|block| block.len() > 80)
        .unwrap_or_default();
    let words = analyzer::query_words(text).into_iter();
    words
        .map(|word| text[word.range].to_owned())
        .take(40)
        .collect()
}

fn question(kind: Kind, article: &Article) -> Question {
    let words = words_of(article);
    let mut long: Vec<&String> = words.iter().filter(|word| word.len() > 4).collect();
    long.truncate(3);
    let first = |n: usize| -> String {
        let first: Vec<&str> = long.iter().take(n).map(|word| word.as_str()).collect();
        first.join(" ")
    };
    let (query, plain) = match kind {
        Kind::OneWord => (first(1), first(1)),
        Kind::TwoWords => (first(2), first(2)),
        Kind::ThreeWords => (first(3), first(3)),
        Kind::AnyOfASentence => (words[..12].join(" "), words[..12].join(" ")),
        Kind::Phrase => {
            let phrase = format!("\"{}\"", words[2..4].join(" "));
            (phrase.clone(), phrase)
        }
        Kind::WordsInAYear => {
            let year = article
                .published
                .map_or(2015, |date| date.first_day().year());
            (format!("{} date:{year}", first(2)), first(2))
        }
        Kind::Prefix => {
            let word: String = first(1).chars().take(5).collect();
            (format!("{word}*"), first(1))
        }
        Kind::Person => match article.people.first() {
            Some(person) => (format!("person:\"{}\"", person.name), person.name.clone()),
            None => (first(1), first(1)),
        },
    };
    Question {
        kind,
        request: Request {
            query,
            any: kind == Kind::AnyOfASentence,
            limit: 10,
            ..Request::default()
        },
        words: plain,
    }
}

fn ask(archive: &Archive, question: &Question) {
    black_box(search(archive, &question.request).expect("a question can be answered"));
}

/// Returns the best time for each question.
fn times<'a>(
    questions: impl IntoIterator<Item = &'a Question>,
    ask: impl Fn(&Question),
) -> Vec<Duration> {
    let questions = questions.into_iter();
    questions
        .map(|question| best_time(|| ask(question)))
        .collect()
}

fn best_time(work: impl Fn()) -> Duration {
    let rounds = (0..ROUNDS).map(|_| {
        let start = Instant::now();
        work();
        start.elapsed()
    });
    rounds.min().unwrap_or_default()
}

fn report(name: &str, mut times: Vec<Duration>) {
    times.sort_unstable();
    let at = |share: usize| times[(times.len() - 1) * share / 100].as_secs_f64() * 1_000.0;
    println!(
        "{name:20} median {:7.3} ms, 99th percentile {:7.3} ms",
        at(50),
        at(99)
    );
}

/// Plain tantivy, with its query parser, collectors and snippets.
struct Bare {
    index: Index,
    searcher: tantivy::Searcher,
}

impl Bare {
    fn open(at: &Path) -> Result<Self, Box<dyn Error>> {
        let index = Index::open_in_dir(at)?;
        let searcher = index.reader()?.searcher();
        Ok(Self { index, searcher })
    }

    fn ask(&self, question: &Question) {
        let fields = ["headline", "body"].map(|name| {
            let field = self.index.schema().get_field(name);
            field.expect("the index was built by `bare index`")
        });
        let mut parser = QueryParser::for_index(&self.index, fields.to_vec());
        if !question.request.any {
            parser.set_conjunction_by_default();
        }
        let (query, _) = parser.parse_query_lenient(&question.words);
        let snippets = SnippetGenerator::create(&self.searcher, &*query, fields[1])
            .expect("tantivy makes snippets");
        let collectors = (TopDocs::with_limit(10).order_by_score(), Count);
        let (hits, total) = self
            .searcher
            .search(&query, &collectors)
            .expect("tantivy searches");
        black_box(total);
        for (_, address) in hits {
            let document: TantivyDocument = self.searcher.doc(address).expect("the hit is stored");
            black_box(snippets.snippet_from_doc(&document).to_html());
        }
    }
}

/// Reports the time to parse the slowest of several queries of 10,000 characters.
fn cost_of_parsing() {
    let pieces = [
        "a ",
        "(",
        "\"",
        "\"a",
        "a OR ",
        "a NEAR/3 ",
        "headline:",
        "date:[",
        "caps(",
        "atleast2(",
        "a*",
        "?a",
        "a~",
        "a-1",
        "a.b.",
        "12,345",
        "x:y ",
        "-a ",
        "(a) ",
        "東",
    ];
    let mut slowest = (Duration::ZERO, "");
    for piece in pieces {
        let text: String = piece.chars().cycle().take(10_000).collect();
        let time = best_time(|| {
            let _ = black_box(query::parse(&text));
        });
        let time = time.max(best_time(|| {
            black_box(query::parse_any(&text));
        }));
        slowest = slowest.max((time, piece));
    }
    let (time, piece) = slowest;
    println!("parsing 10,000 characters takes at most {time:.1?} ({piece:?} repeated)");
}

/// Reports the time to choose the passages of an article for three of its words.
fn cost_of_passages(articles: &[Article]) {
    let (mut bytes, mut spent) = (0, Duration::ZERO);
    for article in articles {
        let words = words_of(article);
        let marks: Vec<Mark> = (words.iter().step_by(4).take(3))
            .flat_map(|word| analyzer::query_words(word))
            .map(|word| Mark::AnyForm(word.plain))
            .collect();
        bytes += article.body().map(str::len).sum::<usize>();
        spent += best_time(|| {
            black_box(passages::cut(article, &marks, Length::TERMINAL));
        });
    }
    let micros = spent.as_secs_f64() * 1e6;
    println!(
        "passages             {:.1} µs for a hit of {} bytes, {:.1} µs per 2 KB",
        micros / articles.len() as f64,
        bytes / articles.len().max(1),
        micros / bytes as f64 * 2_048.0,
    );
}
