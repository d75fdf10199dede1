//! `morgue completions`: tab completion for a shell.

use std::io::Write;

use clap_complete::Shell;

use super::outcome::{Failure, Outcome};
use super::output::Output;

/// Print tab completions for a shell
#[derive(clap::Args, Debug)]
pub struct Args {
    /// The shell
    shell: Shell,
}

/// Runs the command.
pub fn run(args: Args, command: &mut clap::Command) -> Result<Outcome, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, command, "morgue", &mut script);
    let mut out = Output::new();
    out.write_all(&script)?;
    out.end(Outcome::Found)
}
