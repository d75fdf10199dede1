//! Tests of the program that take many seconds: it follows a folder, meets closed streams and files
//! that can't be read, and runs on large texts, with little memory and with any number of threads.

#[path = "../it/harness.rs"]
mod harness;
mod kept;
mod large;
mod machine;
mod streams;
mod watch;
