//! Searches with many processes while an archive is indexed.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crate::Outcome;
use crate::archive::Archive;

/// How many processes search at once, and the time between two searches of each.
const SEARCHERS: usize = 8;
const PAUSE: Duration = Duration::from_millis(500);

pub fn run(articles: usize) -> Outcome {
    let mut archive = Archive::new(articles, 4)?;
    archive.succeed(&["index", ".", "--quiet"])?;
    let (is_over, asked) = (AtomicBool::new(false), AtomicUsize::new(0));
    for _ in 0..articles / 20 {
        archive.change()?;
    }
    let archive = &archive;
    let start = Instant::now();
    let indexed = thread::scope(|scope| {
        let searchers: Vec<_> = (0..SEARCHERS)
            .map(|_| {
                scope.spawn(|| {
                    while !is_over.load(Ordering::Relaxed) {
                        let started = Instant::now();
                        archive.succeed(&["search", "harbour council", "--limit", "3"])?;
                        asked.fetch_add(1, Ordering::Relaxed);
                        thread::sleep(PAUSE.saturating_sub(started.elapsed()));
                    }
                    Ok::<(), String>(())
                })
            })
            .collect();
        // An update and two rebuilds.
        let indexed = archive
            .succeed(&["index", ".", "--quiet"])
            .and_then(|_| archive.succeed(&["index", ".", "--quiet", "--rebuild"]))
            .and_then(|_| archive.succeed(&["index", ".", "--quiet", "--rebuild"]));
        is_over.store(true, Ordering::Relaxed);
        for searcher in searchers {
            searcher
                .join()
                .map_err(|_| "a searcher failed".to_owned())??;
        }
        indexed.map(drop)
    });
    indexed?;
    let asked = asked.into_inner();
    Ok(format!(
        "{asked} searches from {SEARCHERS} processes, {:.0} a second, while {articles} articles \
         were indexed three times: none failed",
        asked as f64 / start.elapsed().as_secs_f64()
    ))
}
