//! Times searches over an index: `cargo run --release --example time-queries -- INDEX [LIMIT]`.
//!
//! Reads queries from standard input, one a line, and prints for each the best and the median time
//! of a search with passages, in milliseconds, the articles found, and the query, separated by tabs.

use std::error::Error;
use std::io;
use std::path::Path;
use std::time::Instant;

use morgue::archive::Archive;
use morgue::search::{Request, search};

/// How often each query is searched.
const ROUNDS: usize = 15;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let index = arguments
        .next()
        .ok_or("usage: time-queries INDEX [LIMIT]")?;
    let limit = arguments.next().map_or(Ok(10), |limit| limit.parse())?;
    let archive = Archive::open(Path::new(&index))?;
    for query in io::stdin().lines() {
        let request = Request {
            query: query?,
            limit,
            ..Request::default()
        };
        let mut times = Vec::with_capacity(ROUNDS);
        let mut total = 0;
        for _ in 0..ROUNDS {
            let start = Instant::now();
            total = search(&archive, &request)?.total;
            times.push(start.elapsed().as_secs_f64() * 1e3);
        }
        times.sort_unstable_by(f64::total_cmp);
        let (best, median) = (times[0], times[ROUNDS / 2]);
        println!("{best:.3}\t{median:.3}\t{total}\t{}", request.query);
    }
    Ok(())
}
