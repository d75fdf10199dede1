//! Standard output and standard error. Neither decides how a command ends, but for results that
//! could not be written out.

use std::io::{self, BufWriter, ErrorKind, StdoutLock, Write};

use morgue::render::escape;

use super::{Failure, Outcome};

/// Writes a line to standard error, with nothing in it that acts on a terminal. A line that can't
/// be written is lost: the exit status stays what it would have been.
pub fn say(line: &str) {
    let line = format!("morgue: {}\n", escape(line));
    let _ = io::stderr().write_all(line.as_bytes());
}

/// Standard output, buffered. Its failure does not stop a command midway: what is written after it
/// is dropped, and [`Output::end`] returns the failure.
pub struct Output {
    out: BufWriter<StdoutLock<'static>>,
    failure: Option<io::Error>,
}

impl Output {
    /// Returns the standard output of this program.
    pub fn new() -> Self {
        Self {
            out: BufWriter::new(io::stdout().lock()),
            failure: None,
        }
    }

    /// Returns whether results are still written: else a command with many may stop.
    pub fn is_open(&self) -> bool {
        self.failure.is_none()
    }

    /// Writes out what is buffered and returns how the command ended. A reader that has gone away,
    /// as in `morgue search … | head`, changes nothing.
    ///
    /// # Errors
    /// [`Failure::Output`] where results were lost for another reason.
    pub fn end(mut self, outcome: Outcome) -> Result<Outcome, Failure> {
        self.flush()?;
        match self.failure {
            Some(error) if error.kind() != ErrorKind::BrokenPipe => Err(Failure::Output(error)),
            _ => Ok(outcome),
        }
    }

    /// Keeps the first failure, met here or by another writer to standard output.
    pub fn keep_failure(&mut self, done: io::Result<()>) {
        if let Err(error) = done {
            self.failure.get_or_insert(error);
        }
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.is_open() {
            let done = self.out.write_all(bytes);
            self.keep_failure(done);
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.is_open() {
            let done = self.out.flush();
            self.keep_failure(done);
        }
        Ok(())
    }
}
