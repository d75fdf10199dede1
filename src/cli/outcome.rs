//! How a command ends: with an outcome or a failure.

use std::io;

use morgue::Error;

/// How a command that ran to its end ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It found something, or did what it was asked to.
    Found,
    /// It found nothing.
    NothingFound,
    /// It reported an error and continued.
    Trouble,
}

impl Outcome {
    /// Returns the outcome of a command that looks for something.
    pub fn found_if(is_found: bool) -> Self {
        if is_found {
            Self::Found
        } else {
            Self::NothingFound
        }
    }
}

/// An error that ends a command.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The library returned an error.
    #[error(transparent)]
    Library(#[from] Error),
    /// Results could not be written to standard output.
    #[error("standard output: {0}")]
    Output(#[from] io::Error),
    /// Standard input did not keep to the protocol.
    #[error("standard input: {0}")]
    Protocol(String),
    /// The program panicked with this message.
    #[error("the program failed: {0}")]
    Panic(String),
}
