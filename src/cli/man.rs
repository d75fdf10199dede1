//! `morgue man`: the manual page, made of the same texts as `--help`.

use std::io::{self, Write};

use clap_mangen::Man;

use super::outcome::{Failure, Outcome};
use super::output::Output;

/// What clap_mangen writes before every section. Once is enough.
const PREAMBLE: &str = ".ie \\n(.g .ds Aq \\(aq\n.el .ds Aq '\n";

/// Print the manual page
#[derive(clap::Args, Debug)]
pub struct Args {}

/// Runs the command.
pub fn run(command: clap::Command) -> Result<Outcome, Failure> {
    let mut out = Output::new();
    out.write_all(page(command)?.as_bytes())?;
    out.end(Outcome::Found)
}

/// Returns the page in roff: the program, then a section for each command.
fn page(command: clap::Command) -> io::Result<String> {
    let mut command = command
        .disable_help_subcommand(true)
        .subcommand_value_name("command");
    command.build();
    let mut page = Vec::new();
    let man = Man::new(command.clone());
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_options_section(&mut page)?;
    let mut page = PREAMBLE.to_owned() + &text(page);
    for subcommand in command.get_subcommands() {
        let name = subcommand.get_bin_name().unwrap_or_default();
        page.push_str(&format!(".SH \"{}\"\n", name.to_uppercase()));
        // A section of a command's own page is a subsection here.
        page.push_str(&sections(subcommand)?.replace(".SH ", ".SS "));
    }
    Ok(page)
}

/// Returns the sections of a command. The options that all commands have are in the program's own.
fn sections(command: &clap::Command) -> io::Result<String> {
    let command = command.clone().mut_args(|arg| {
        let is_shared = arg.is_global_set() || arg.get_id() == "help";
        arg.hide(is_shared)
    });
    let has_options = command.get_arguments().any(|arg| !arg.is_hide_set());
    let has_notes = command.get_after_help().is_some();
    let man = Man::new(command);
    let mut sections = Vec::new();
    man.render_synopsis_section(&mut sections)?;
    man.render_description_section(&mut sections)?;
    if has_options {
        man.render_options_section(&mut sections)?;
    }
    if has_notes {
        man.render_extra_section(&mut sections)?;
        sections.extend(b".fi\n");
    }
    // The lines of the notes stay as they are.
    Ok(text(sections).replace(".SH EXTRA\n", ".SH NOTES\n.nf\n"))
}

fn text(roff: Vec<u8>) -> String {
    String::from_utf8_lossy(&roff).replace(PREAMBLE, "")
}
