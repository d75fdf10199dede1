//! The progress bar of an index run.

use std::path::Path;
use std::thread;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use morgue::pipeline::{self, Options, Progress};

use super::summary::count;
use super::verbosity::Verbosity;

/// A progress bar on standard error, hidden if that is not a terminal.
pub struct Bar(ProgressBar);

impl Bar {
    /// Returns a bar, hidden if the run is quiet.
    pub fn new(verbosity: Verbosity) -> Self {
        let target = match verbosity {
            Verbosity::Quiet => ProgressDrawTarget::hidden(),
            Verbosity::Normal | Verbosity::Verbose => ProgressDrawTarget::stderr(),
        };
        let bar = ProgressBar::with_draw_target(None, target);
        bar.set_style(
            ProgressStyle::with_template(
                "{msg} {wide_bar} {decimal_bytes}/{decimal_total_bytes} {decimal_bytes_per_sec}, {eta} left",
            )
            .expect("the template is valid"),
        );
        Self(bar)
    }

    /// Measures the folder in another thread while the run goes on, and sets the length of the bar. Does
    /// nothing if the bar is hidden.
    pub fn measure(&self, folder: &Path, index: &Path, options: &Options) {
        if self.0.is_hidden() {
            return;
        }
        let (folder, index) = (folder.to_owned(), index.to_owned());
        let (bar, options) = (self.0.clone(), options.clone());
        thread::spawn(move || {
            let (files, bytes) = pipeline::size_of(&folder, &index, &options);
            bar.set_length(bytes);
            bar.set_message(count(files as u64, "file"));
        });
    }

    /// Removes the bar from the terminal.
    pub fn clear(&self) {
        self.0.finish_and_clear();
    }
}

impl Progress for Bar {
    fn done(&self, bytes: u64) {
        self.0.inc(bytes);
    }
}
