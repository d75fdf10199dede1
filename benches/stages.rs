//! Measures each indexing stage on the sample corpus, and cleaning on long files.
//!
//! usage: `cargo bench --bench stages`. `MORGUE_BENCH_FOLDER` names another folder of articles.

use std::hint::black_box;
use std::path::{Path, PathBuf};

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use morgue::{clean, fields, people, pipeline, source};

/// The most files that are read.
const MAX_FILES: usize = 300;

/// Returns the bytes of the sample files.
fn sample() -> Vec<Vec<u8>> {
    let folder = std::env::var_os("MORGUE_BENCH_FOLDER").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-corpus"),
        PathBuf::from,
    );
    walkdir::WalkDir::new(folder)
        .sort_by_file_name()
        .into_iter()
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file())
        .take(MAX_FILES)
        .filter_map(|entry| std::fs::read(entry.path()).ok())
        .collect()
}

fn stages(criterion: &mut Criterion) {
    let files = sample();
    let bytes: usize = files.iter().map(Vec::len).sum();
    let texts: Vec<String> = files
        .iter()
        .map(|file| source::decode::decode(file).text)
        .collect();
    let nothing = clean::Knowledge::default();
    let articles: Vec<_> = texts
        .iter()
        .map(|text| fields::field("sample", 0, clean::clean(text, 1, &nothing), &nothing))
        .collect();

    let mut group = criterion.benchmark_group("stage");
    group.throughput(Throughput::Bytes(bytes as u64));
    group.bench_function("decode", |bencher| {
        bencher.iter(|| {
            for file in &files {
                black_box(source::decode::decode(black_box(file)));
            }
        });
    });
    group.bench_function("clean and field", |bencher| {
        bencher.iter(|| {
            for text in &texts {
                let cleaned = clean::clean(black_box(text), 1, &nothing);
                black_box(fields::field("sample", 0, cleaned, &nothing));
            }
        });
    });
    group.bench_function("people", |bencher| {
        bencher.iter(|| {
            for article in &articles {
                black_box(people::find(black_box(article)));
            }
        });
    });
    group.bench_function("all", |bencher| {
        bencher.iter(|| {
            for file in &files {
                black_box(pipeline::extract("sample", black_box(file)));
            }
        });
    });
    group.finish();
}

/// Shows that the cost of cleaning is linear in the length of a file, for two line layouts.
fn long_files(criterion: &mut Criterion) {
    let nothing = clean::Knowledge::default();
    let mut group = criterion.benchmark_group("long file");
    group.sample_size(10);
    for words in [20_000, 200_000] {
        let one_line = "harbour council voted again on Tuesday. ".repeat(words / 6);
        let short_lines = "harbour\ncouncil\nvoted\n\n".repeat(words / 3);
        for (shape, text) in [("one line", one_line), ("short lines", short_lines)] {
            group.throughput(Throughput::Bytes(text.len() as u64));
            group.bench_with_input(BenchmarkId::new(shape, words), &text, |bencher, text| {
                bencher.iter(|| black_box(clean::clean(black_box(text), 1, &nothing)));
            });
        }
    }
    group.finish();
}

criterion_group!(benches, stages, long_files);
criterion_main!(benches);
