//! The command line: a file for each command. Only this module prints, and only this module turns an
//! error into a message, a hint and an exit status.

mod arguments;
mod completions;
mod context;
mod copies;
mod export;
mod extract;
mod format;
mod heap;
mod hints;
mod hit_format;
mod index;
mod index_arg;
mod list_file;
mod man;
mod mcp;
mod mcp_tools;
mod narrowing;
mod outcome;
mod output;
mod people;
mod progress;
mod query_list;
mod query_syntax;
mod search;
mod serve;
mod show;
mod similar;
mod stats;
mod summary;
mod update;
mod verbosity;
mod verify;
mod watch;

use std::backtrace::{Backtrace, BacktraceStatus};
use std::ffi::OsString;
use std::panic;
use std::process::ExitCode;

use clap::{ColorChoice, CommandFactory, Parser, Subcommand};
use morgue::error;
use morgue::render::escape;

use hints::report;
use outcome::{Failure, Outcome};
use output::{Output, say};

/// Makes a searchable archive out of a folder of news articles.
#[derive(Parser, Debug)]
#[command(name = "morgue", version, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    /// When to use colour
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    color: ColorChoice,
}

#[derive(Subcommand, Debug)]
enum Command {
    Index(index::Args),
    Search(search::Args),
    Context(context::Args),
    People(people::Args),
    Similar(similar::Args),
    Copies(copies::Args),
    Show(show::Args),
    Serve(serve::Args),
    Mcp(mcp::Args),
    Extract(extract::Args),
    Stats(stats::Args),
    Verify(verify::Args),
    Export(export::Args),
    Completions(completions::Args),
    Man(man::Args),
}

/// Runs the command line and returns the exit status: 0 found, 1 nothing found, 2 trouble.
pub fn main() -> ExitCode {
    panic::set_hook(Box::new(print_backtrace));
    let typed = arguments::ordered(std::env::args_os(), &Cli::command());
    let ended = panic::catch_unwind(|| match Cli::try_parse_from(&typed) {
        Ok(cli) => run(cli),
        Err(error) => print_help_or_error(error, &typed),
    })
    .unwrap_or_else(|payload| Err(Failure::Panic(error::panic_message(&*payload))));
    match ended {
        Ok(Outcome::Found) => ExitCode::SUCCESS,
        Ok(Outcome::NothingFound) => ExitCode::from(1),
        Ok(Outcome::Trouble) => ExitCode::from(2),
        Err(failure) => {
            report(&failure);
            ExitCode::from(2)
        }
    }
}

/// Prints the backtrace of a panic if `RUST_BACKTRACE` asks for it. The message of the panic is
/// reported elsewhere: as the error of the file that caused it, or of the command.
fn print_backtrace(panic: &panic::PanicHookInfo<'_>) {
    let backtrace = Backtrace::capture();
    if backtrace.status() == BacktraceStatus::Captured {
        format!("{panic}\n{backtrace}").lines().for_each(say);
    }
}

/// Prints the help or the version if they were asked for, else what is wrong with the arguments.
fn print_help_or_error(error: clap::Error, typed: &[OsString]) -> Result<Outcome, Failure> {
    if error.use_stderr() {
        // The message quotes arguments in many places, so it is made again from escaped arguments.
        let escaped = typed
            .iter()
            .map(|argument| escape(&argument.to_string_lossy()));
        let error = Cli::try_parse_from(escaped).err().unwrap_or(error);
        let _ = error.print();
        arguments::unknown_option_hint(&error, typed)
            .iter()
            .for_each(|hint| say(hint));
        return Ok(Outcome::Trouble);
    }
    let mut out = Output::new();
    out.keep_failure(error.print());
    out.end(Outcome::Found)
}

fn run(cli: Cli) -> Result<Outcome, Failure> {
    match cli.command {
        Command::Index(args) => index::run(args),
        Command::Search(args) => search::run(args, cli.color),
        Command::Context(args) => context::run(args, cli.color),
        Command::People(args) => people::run(args, cli.color),
        Command::Similar(args) => similar::run(args, cli.color),
        Command::Copies(args) => copies::run(args, cli.color),
        Command::Show(args) => show::run(args, cli.color),
        Command::Serve(args) => serve::run(args),
        Command::Mcp(args) => mcp::run(args),
        Command::Extract(args) => extract::run(args, cli.color),
        Command::Stats(args) => stats::run(args),
        Command::Verify(args) => verify::run(args),
        Command::Export(args) => export::run(args),
        Command::Completions(args) => completions::run(args, &mut Cli::command()),
        Command::Man(man::Args {}) => man::run(Cli::command()),
    }
}
