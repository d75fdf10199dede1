//! What users see: whole output, errors and exit statuses of the program. Tests that take many seconds
//! are in `tests/slow`.

mod bad_input;
mod content;
mod context;
mod contributing;
mod durable;
mod export;
mod extract;
mod floors;
mod guard;
mod harness;
mod index;
mod lookup;
mod made_copies;
mod man;
mod mcp;
mod people;
mod readme;
mod safety;
mod sample_corpus;
mod search;
mod serve;
mod serve_browse;
mod serve_person;
mod serve_programs;
mod serving;
mod stories;
mod workflow;
