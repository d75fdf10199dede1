//! What users see: whole output, errors and exit statuses of the program.

mod bad_input;
mod content;
mod durable;
mod extract;
mod floors;
mod guard;
mod harness;
mod index;
mod lookup;
mod people;
mod readme;
mod safety;
mod sample_corpus;
mod search;
mod streams;
mod watch;
