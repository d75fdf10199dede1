//! How much an index run prints.

/// What `--quiet` and `--verbose` ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verbosity {
    /// Only errors.
    Quiet,
    /// Errors, notes and a summary.
    Normal,
    /// The same, with every file that is left out or can't be read.
    Verbose,
}
