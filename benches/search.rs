//! Warm search: a hundred questions of many kinds, ten hits each with passages, beside the engine
//! alone with its own snippets.
//!
//! usage: `MORGUE_INDEX=DIR BARE_INDEX=DIR cargo bench --bench search`, where the first was built
//! by `morgue index` and the second by `bare index` (`benches/bare.rs`), of one folder. The
//! questions are made from articles of the index itself, so that any archive will do. After `--`,
//! part of the name of a kind of question asks for those alone.

use std::env;
use std::error::Error;
use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use morgue::Article;
use morgue::archive::{Archive, analyzer};
use morgue::passages::Mark;
use morgue::search::{Request, search};
use morgue::{passages, query};
use tantivy::collector::{Count, TopDocs};
use tantivy::query::QueryParser;
use tantivy::snippet::SnippetGenerator;
use tantivy::{Index, TantivyDocument};

/// How many questions there are.
const QUESTIONS: usize = 100;

/// How often each is asked; the best time counts, as other work on the machine only adds to it.
const ROUNDS: usize = 15;

/// A question, and the words of it that the bare engine is asked for.
struct Question {
    request: Request,
    words: String,
    any: bool,
}

fn main() -> Result<(), Box<dyn Error>> {
    cost_of_parsing();
    let Some(at) = env::var_os("MORGUE_INDEX") else {
        println!("MORGUE_INDEX names no index: nothing more to measure");
        return Ok(());
    };
    let archive = Archive::open(Path::new(&at))?;
    let articles = sample(&archive)?;
    let questions: Vec<Question> = (0..).zip(&articles).map(|(i, a)| question(i, a)).collect();
    println!("{} articles", archive.snapshot.searcher.num_docs());
    let asked = env::args()
        .skip(1)
        .find(|argument| !argument.starts_with('-'));
    for (kind, name) in KINDS.into_iter().enumerate() {
        if asked.as_ref().is_some_and(|asked| !name.contains(asked)) {
            continue;
        }
        let of_kind = questions.iter().skip(kind).step_by(KINDS.len());
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
            "the engine alone",
            times(&questions, |question| bare.ask(question)),
        );
    }
    cost_of_passages(&articles);
    Ok(())
}

/// The kinds of questions, in turn.
const KINDS: [&str; 8] = [
    "one word",
    "two words",
    "three words",
    "any of a sentence",
    "a phrase",
    "two words in a year",
    "a beginning",
    "a person",
];

/// Returns articles from all over the index.
fn sample(archive: &Archive) -> Result<Vec<Article>, Box<dyn Error>> {
    let searcher = &archive.snapshot.searcher;
    let mut addresses = Vec::new();
    for (ordinal, reader) in (0..).zip(searcher.segment_readers()) {
        let docs = reader.doc_ids_alive();
        addresses.extend(docs.map(|doc| tantivy::DocAddress::new(ordinal, doc)));
    }
    let mut articles = Vec::new();
    for address in addresses
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

/// Returns the first words of an article's body as they stand there.
fn words_of(article: &Article) -> Vec<String> {
    let text = article
        .body()
        .find(|block| block.len() > 80)
        .unwrap_or_default();
    let words = analyzer::words(text).into_iter();
    words
        .map(|word| text[word.range].to_owned())
        .take(40)
        .collect()
}

fn question(i: usize, article: &Article) -> Question {
    let words = words_of(article);
    let mut long: Vec<&String> = words.iter().filter(|word| word.len() > 4).collect();
    long.truncate(3);
    let some = |n: usize| -> String {
        let some: Vec<&str> = long.iter().take(n).map(|word| word.as_str()).collect();
        some.join(" ")
    };
    let (query, plain) = match i % KINDS.len() {
        0 => (some(1), some(1)),
        1 => (some(2), some(2)),
        2 => (some(3), some(3)),
        3 => (words[..12].join(" "), words[..12].join(" ")),
        4 => {
            let phrase = format!("\"{}\"", words[2..4].join(" "));
            (phrase.clone(), phrase)
        }
        5 => {
            let year = article
                .published
                .map_or(2015, |date| date.first_day().year());
            (format!("{} date:{year}", some(2)), some(2))
        }
        6 => {
            let word: String = some(1).chars().take(5).collect();
            (format!("{word}*"), some(1))
        }
        _ => match article.people.first() {
            Some(person) => (format!("person:\"{}\"", person.name), person.name.clone()),
            None => (some(1), some(1)),
        },
    };
    let any = i % KINDS.len() == 3;
    Question {
        request: Request {
            query,
            any,
            limit: 10,
            ..Request::default()
        },
        words: plain,
        any,
    }
}

fn ask(archive: &Archive, question: &Question) {
    black_box(search(archive, &question.request).expect("a question of the bench can be asked"));
}

/// Returns the best time of each question.
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

/// The engine with its own query parser, collectors and snippets.
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
        if !question.any {
            parser.set_conjunction_by_default();
        }
        let (query, _) = parser.parse_query_lenient(&question.words);
        let snippets = SnippetGenerator::create(&self.searcher, &*query, fields[1])
            .expect("the engine makes snippets");
        let collectors = (TopDocs::with_limit(10).order_by_score(), Count);
        let (hits, total) = self
            .searcher
            .search(&query, &collectors)
            .expect("it searches");
        black_box(total);
        for (_, address) in hits {
            let document: TantivyDocument = self.searcher.doc(address).expect("it has the hit");
            black_box(snippets.snippet_from_doc(&document).to_html());
        }
    }
}

/// Reports what it costs to read the slowest of some texts of 10,000 characters.
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
    println!("parsing 10,000 characters takes at most {time:.1?} ({piece:?} again and again)");
}

/// Reports what it costs to cut the passages of an article, for three words of each.
fn cost_of_passages(articles: &[Article]) {
    let (mut bytes, mut spent) = (0, Duration::ZERO);
    for article in articles {
        let words = words_of(article);
        let marks: Vec<Mark> = (words.iter().step_by(4).take(3))
            .flat_map(|word| analyzer::query_words(word))
            .map(|word| Mark::Stem(analyzer::stem(&word.plain)))
            .collect();
        bytes += article.body().map(str::len).sum::<usize>();
        spent += best_time(|| {
            black_box(passages::cut(article, &marks));
        });
    }
    let micros = spent.as_secs_f64() * 1e6;
    println!(
        "passages             {:.1} µs a hit of {} bytes, {:.1} µs at 2 KB",
        micros / articles.len() as f64,
        bytes / articles.len().max(1),
        micros / bytes as f64 * 2_048.0,
    );
}
