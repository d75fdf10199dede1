//! What users see: whole output, errors and exit statuses of the program.

mod bad_input;
mod durable;
mod extract;
mod harness;
mod index;
mod people;
mod readme;
mod sample_corpus;
mod search;
mod watch;
