//! The output format of a command: JSON or text.

use std::env;
use std::io::{self, IsTerminal};

use clap::ColorChoice;
use morgue::render::Style;

/// How results are written to standard output.
#[derive(Clone, Copy, Debug)]
pub enum Format {
    /// One JSON object a line.
    Json,
    /// Text, in a style that suits the terminal or pipe.
    Text(Style),
}

impl Format {
    /// Returns the format that `--json` and `--color` ask for.
    pub fn new(is_json: bool, color: ColorChoice) -> Self {
        if is_json {
            Self::Json
        } else {
            Self::Text(style(color))
        }
    }
}

/// Returns the style for standard output: colour, width and links as the terminal supports them, and
/// none of them in a pipe.
fn style(color: ColorChoice) -> Style {
    let out = io::stdout();
    let is_terminal = out.is_terminal();
    let is_set = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
    let is_dumb = env::var_os("TERM").is_some_and(|term| term == "dumb");
    Style {
        color: match color {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            // See no-color.org.
            ColorChoice::Auto => is_terminal && !is_set("NO_COLOR") && !is_dumb,
        },
        width: terminal_size::terminal_size_of(&out).map(|(width, _)| usize::from(width.0)),
        hyperlinks: is_terminal && supports_hyperlinks::on(supports_hyperlinks::Stream::Stdout),
        escape: is_terminal,
    }
}
