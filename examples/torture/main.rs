//! Stress tests of whole archives: `cargo torture`, or `cargo torture --small` for a run of about a
//! minute. Names of trials run only these: `cargo torture kills damage`.

mod archive;
mod damage;
mod disk;
mod kills;
mod load;
mod losses;
mod storm;
mod threads;

use std::process::{Command, ExitCode};
use std::time::Instant;

/// The size of each trial.
struct Size {
    kills: usize,
    damages: usize,
    fills: usize,
    articles: usize,
    /// How many articles are indexed with each number of threads.
    threaded: usize,
    losses: usize,
    foreign: usize,
    storms: usize,
}

const FULL: Size = Size {
    kills: 1_000,
    damages: 500,
    fills: 50,
    articles: 20_000,
    threaded: 2_000,
    losses: 200,
    foreign: 200,
    storms: 200,
};

const SMALL: Size = Size {
    kills: 40,
    damages: 40,
    fills: 6,
    articles: 1_500,
    threaded: 60,
    losses: 15,
    foreign: 15,
    storms: 20,
};

/// The summary of a trial, or what went wrong.
type Outcome = Result<String, String>;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (options, chosen): (Vec<_>, Vec<_>) = arguments
        .into_iter()
        .partition(|argument| argument.starts_with("--"));
    let size = match options.as_slice() {
        [] => FULL,
        [small] if small == "--small" => SMALL,
        other => {
            eprintln!("torture: {other:?}: there is --small, and the names of trials");
            return ExitCode::from(2);
        }
    };
    let built = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args([
            "build",
            "--release",
            "--locked",
            "--quiet",
            "--bin",
            "morgue",
        ])
        .status();
    if !built.is_ok_and(|status| status.success()) {
        eprintln!("torture: the program can't be built");
        return ExitCode::from(2);
    }
    let trials: [(&str, &dyn Fn() -> Outcome); 8] = [
        ("kills", &|| kills::run(size.kills)),
        ("damage", &|| damage::run(size.damages)),
        ("disk", &|| disk::run(size.fills)),
        ("load", &|| load::run(size.articles)),
        ("threads", &|| threads::run(size.threaded)),
        ("losses", &|| losses::run(size.losses)),
        ("foreign", &|| losses::foreign(size.foreign)),
        ("storm", &|| storm::run(size.storms)),
    ];
    let mut status = ExitCode::SUCCESS;
    for (name, trial) in trials {
        if !chosen.is_empty() && !chosen.iter().any(|wanted| wanted == name) {
            continue;
        }
        let start = Instant::now();
        let outcome = trial();
        let seconds = start.elapsed().as_secs_f64();
        match outcome {
            Ok(said) => println!("{name}: {said} ({seconds:.0} s)"),
            Err(why) => {
                println!("{name}: FAILED after {seconds:.0} s: {why}");
                status = ExitCode::FAILURE;
            }
        }
    }
    status
}
