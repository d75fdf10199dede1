//! `morgue serve`: opens the archive as pages in a browser.

use std::fs;
use std::io::Write;
use std::net::{IpAddr, Ipv4Addr};
use std::path::{Path, PathBuf};

use morgue::{Error, serve};

use super::hints::report_error;
use super::index_arg::IndexArg;
use super::outcome::{Failure, Outcome};
use super::output::{Output, say};

/// Open the archive as pages in a browser
#[derive(clap::Args, Debug)]
pub struct Args {
    #[command(flatten)]
    index: IndexArg,
    /// The port; 0 takes one that is free
    #[arg(long, value_name = "PORT", default_value_t = 7700)]
    port: u16,
    /// Open the first page in the browser
    #[arg(long)]
    open: bool,
    /// Let other machines read the archive, at this address of the machine (0.0.0.0 for all); needs
    /// --password-file or --public
    #[arg(long, value_name = "ADDRESS")]
    listen: Option<IpAddr>,
    /// Ask every reader for the password that is the first line of this file
    #[arg(long, value_name = "FILE")]
    password_file: Option<PathBuf>,
    /// Let everyone who reaches the machine read the archive
    #[arg(long, conflicts_with = "password_file")]
    public: bool,
    /// A name by which browsers may call the machine (repeatable)
    #[arg(long, value_name = "NAME")]
    host: Vec<String>,
}

/// Runs the command.
pub fn run(args: Args) -> Result<Outcome, Failure> {
    let password = args.password_file.as_deref().map(password).transpose()?;
    let options = serve::Options {
        index: args.index.find()?,
        listen: args.listen.unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST)),
        port: args.port,
        hosts: args.host,
        password,
        is_public: args.public,
    };
    let opened = |address: &str| {
        let mut out = Output::new();
        let _ = writeln!(out, "The archive is open at {address} until Ctrl-C");
        let _ = out.flush();
        if args.open && open::that_detached(address).is_err() {
            say("no browser could be opened; open the address yourself");
        }
    };
    serve::serve(&options, opened, report_error)?;
    Ok(Outcome::Found)
}

/// The fewest characters of a password.
const SHORTEST: usize = 8;

/// Returns the password in the first line of a file.
fn password(file: &Path) -> Result<String, Error> {
    let text = fs::read_to_string(file).map_err(Error::io(file))?;
    let password = text.lines().next().unwrap_or_default().trim();
    match password.chars().count() {
        SHORTEST.. => Ok(password.to_owned()),
        _ => Err(Error::NoPassword(file.to_owned())),
    }
}
