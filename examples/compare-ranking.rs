//! Compares the program's ranking with the engine's own BM25 over the same index.
//!
//! `cargo run --release --example compare-ranking -- COLLECTION…` indexes each test collection and
//! prints the mean nDCG@10 of both. A collection is a folder with `docs.jsonl` (id, title, text),
//! `queries.tsv` (id, text) and `qrels.txt` (TREC form); its queries are searched as `search --any`
//! searches them.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::Path;

use morgue::archive::{Archive, analyzer};
use morgue::pipeline;
use morgue::search::{Request, search};
use serde_json::Value;
use tantivy::Term;
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, BoostQuery, Occur, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// How many hits a ranking is judged by.
const HITS: usize = 10;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.is_empty() {
        return Err("usage: compare-ranking COLLECTION…".into());
    }
    arguments
        .iter()
        .try_for_each(|folder| judge(Path::new(folder)))
}

/// A way to rank.
#[derive(Clone, Copy)]
enum Ranking {
    /// The program's.
    Own,
    /// The engine's BM25, with this boost of the headline.
    Bm25(f32),
}

impl Ranking {
    /// Returns the paths of the best articles for any of the words of a text.
    fn best(self, archive: &Archive, text: &str) -> Result<Vec<String>> {
        match self {
            Self::Own => {
                let request = Request {
                    query: text.to_owned(),
                    any: true,
                    limit: HITS,
                    ..Request::default()
                };
                let hits = search(archive, &request)?.hits;
                Ok(hits.into_iter().map(|hit| hit.path).collect())
            }
            Self::Bm25(boost) => {
                let fields = &archive.snapshot.fields;
                let query = bm25([fields.headline, fields.body], boost, text);
                let best = TopDocs::with_limit(HITS).order_by_score();
                let hits = archive.snapshot.searcher.search(&*query, &best)?;
                let paths = hits
                    .into_iter()
                    .map(|(_, address)| Ok(archive.article(address)?.path));
                paths.collect()
            }
        }
    }
}

/// Returns the engine's query for the words of a text, as its own parser would make it.
fn bm25(fields: [Field; 2], boost: f32, text: &str) -> Box<dyn Query> {
    let words = analyzer::query_words(text).into_iter();
    let stems: Vec<String> = words.map(|word| analyzer::stem(&word.plain)).collect();
    let in_fields = |stem: &String| {
        let [headline, body] = fields.map(|field| -> Box<dyn Query> {
            let term = Term::from_field_text(field, stem);
            Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))
        });
        [Box::new(BoostQuery::new(headline, boost)), body].map(|query| (Occur::Should, query))
    };
    let clauses = stems.iter().flat_map(in_fields).collect();
    Box::new(BooleanQuery::new(clauses))
}

/// Prints the mean nDCG@10 of each ranking on a test collection.
fn judge(folder: &Path) -> Result<()> {
    let work = tempfile::tempdir()?;
    let articles = work.path().join("articles");
    fs::create_dir(&articles)?;
    for line in fs::read_to_string(folder.join("docs.jsonl"))?.lines() {
        let document: Value = serde_json::from_str(line)?;
        let part = |name: &str| document[name].as_str().unwrap_or_default().trim();
        let name = format!("{}.txt", part("id"));
        fs::write(
            articles.join(name),
            format!("{}\n\n{}\n", part("title"), part("text")),
        )?;
    }
    let mut judged: BTreeMap<String, BTreeMap<String, i32>> = BTreeMap::new();
    for line in fs::read_to_string(folder.join("qrels.txt"))?.lines() {
        let [query, _, document, grade] = line.split_whitespace().collect::<Vec<_>>()[..] else {
            return Err(format!("qrels.txt: {line:?} has not four columns").into());
        };
        let grade: i32 = grade.parse()?;
        if grade > 0 {
            let grades = judged.entry(query.to_owned()).or_default();
            grades.insert(format!("{document}.txt"), grade);
        }
    }
    let index = work.path().join("index");
    pipeline::index(&articles, &index, &pipeline::Options::default(), &Quiet)?;
    let archive = Archive::open(&index)?;
    let queries = fs::read_to_string(folder.join("queries.tsv"))?;
    for (name, ranking) in [
        ("morgue", Ranking::Own),
        ("BM25", Ranking::Bm25(1.0)),
        ("BM25, headline × 2", Ranking::Bm25(2.0)),
        ("BM25, headline × 3", Ranking::Bm25(3.0)),
    ] {
        let (mut sum, mut count) = (0.0, 0.0);
        for line in queries.lines() {
            let (query, text) = line
                .split_once('\t')
                .ok_or("queries.tsv has lines without a tab")?;
            if let Some(grades) = judged.get(query) {
                sum += ndcg(&ranking.best(&archive, text)?, grades);
                count += 1.0;
            }
        }
        println!(
            "{:12} {name:22} nDCG@10 {:.4}, {count} queries",
            shown(folder),
            sum / count
        );
    }
    Ok(())
}

fn shown(folder: &Path) -> String {
    let name = folder.file_name().unwrap_or(folder.as_os_str());
    name.to_string_lossy().into_owned()
}

/// Returns the normalized discounted cumulative gain of some hits, with a gain of 2^grade - 1.
fn ndcg(hits: &[String], grades: &BTreeMap<String, i32>) -> f64 {
    let grade = |path: &String| grades.get(path).copied().unwrap_or(0);
    let found: Vec<i32> = hits.iter().map(grade).collect();
    let mut best: Vec<i32> = grades.values().copied().collect();
    best.sort_unstable_by(|a, b| b.cmp(a));
    best.truncate(HITS);
    let gain = |grades: &[i32]| -> f64 {
        let ranks = (2_u32..).map(|rank| f64::from(rank).log2());
        let gains = grades.iter().map(|&grade| 2.0_f64.powi(grade) - 1.0);
        gains
            .zip(ranks)
            .map(|(gain, discount)| gain / discount)
            .sum()
    };
    gain(&found) / gain(&best)
}

/// Shows nothing while an index is built.
struct Quiet;

impl pipeline::Progress for Quiet {
    fn done(&self, _: u64) {}
}
