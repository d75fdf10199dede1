//! Standard output and standard error. A failure to write changes how a command ends only if results
//! are lost.

use std::io::{self, BufWriter, ErrorKind, StdoutLock, Write};

use morgue::render::escape;

use super::outcome::{Failure, Outcome};

/// Writes a message to standard error, escaped, as a line that starts with the program's name. Errors
/// are ignored: a message that can't be written does not change the exit status.
pub fn say(message: &str) {
    let line = format!("morgue: {}\n", escape(message));
    let _ = io::stderr().write_all(line.as_bytes());
}

/// Buffered standard output. The first write error does not stop a command midway: later writes are
/// dropped, and [`Output::end`] returns the error.
pub struct Output {
    out: BufWriter<StdoutLock<'static>>,
    failure: Option<io::Error>,
}

impl Output {
    /// Returns the standard output of this process.
    pub fn new() -> Self {
        Self {
            out: BufWriter::new(io::stdout().lock()),
            failure: None,
        }
    }

    /// Returns whether writes still have an effect. If not, a command with many results can stop.
    pub fn is_open(&self) -> bool {
        self.failure.is_none()
    }

    /// Flushes the buffer and returns the outcome. A closed pipe, as in `morgue search … | head`, is
    /// not an error.
    ///
    /// # Errors
    /// [`Failure::Output`] if results were lost for another reason.
    pub fn end(mut self, outcome: Outcome) -> Result<Outcome, Failure> {
        self.flush()?;
        match self.failure {
            Some(error) if error.kind() != ErrorKind::BrokenPipe => Err(Failure::Output(error)),
            _ => Ok(outcome),
        }
    }

    /// Keeps the error of a write to standard output, made here or by other code, if it is the first.
    pub fn keep_failure(&mut self, written: io::Result<()>) {
        if let Err(error) = written {
            self.failure.get_or_insert(error);
        }
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.is_open() {
            let written = self.out.write_all(bytes);
            self.keep_failure(written);
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.is_open() {
            let flushed = self.out.flush();
            self.keep_failure(flushed);
        }
        Ok(())
    }
}
