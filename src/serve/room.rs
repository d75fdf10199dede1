//! The archive that is read, opened anew when its index has changed, and the bound on how many requests
//! read it at once.

use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::thread;
use std::time::Duration;

use askama::Template;
use axum::body::Bytes;
use tokio::sync::Semaphore;
use tokio::task::block_in_place;
use tokio::time::timeout;

use super::front_page::Front;
use super::kept_pages::{KeptPages, Key};
use crate::archive::Archive;
use crate::error::{Error, QueryError, Result};
use crate::identity::decisions::Decisions;
use crate::pipeline::filed::stamp_of_file;
use crate::source::stamp::{self, Stamp};

/// How long a request may take, waiting included.
const LONGEST: Duration = Duration::from_secs(15);

/// Returns how many requests read the archive at once. A search takes all cores by itself, so more would
/// only wait for each other.
pub(super) fn most_at_once() -> usize {
    2 * thread::available_parallelism().map_or(1, usize::from)
}

/// The archive and all who read it.
pub(super) struct Room {
    shelf: RwLock<Arc<Shelf>>,
    /// Held by the request that opens the archive anew.
    opening: Mutex<()>,
    pages: KeptPages,
    free: Arc<Semaphore>,
    report: Box<dyn Fn(&Error) + Send + Sync>,
    /// Whether everyone may read, so that nobody may change the user's decisions.
    pub(super) is_public: bool,
}

/// An open archive, with what the first page says of it.
pub(super) struct Shelf {
    pub(super) archive: Archive,
    /// How many archives were opened before it.
    pub(super) number: u64,
    /// What the first page says, with the decisions that it was counted with.
    front: Mutex<Option<(Decisions, Arc<Front>)>>,
}

impl Shelf {
    fn new(archive: Archive, number: u64) -> Arc<Self> {
        let front = Mutex::new(None);
        Arc::new(Self {
            archive,
            number,
            front,
        })
    }

    /// Returns what the first page says of the archive.
    pub(super) fn front(&self) -> Result<Arc<Front>> {
        let decisions = Decisions::of(&self.archive)?;
        // Whoever comes while it is counted waits for it.
        let mut known = self.front.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((with, front)) = &*known
            && *with == decisions
        {
            return Ok(Arc::clone(front));
        }
        let front = Arc::new(Front::of(&self.archive)?);
        *known = Some((decisions, Arc::clone(&front)));
        Ok(front)
    }
}

/// Why a request has no answer.
#[derive(Debug)]
pub(super) enum Trouble {
    /// What was asked for is not there.
    Missing,
    /// A query or an option can't be read.
    Query(QueryError),
    /// The archive can't be read.
    Archive,
    /// It took too long.
    Slow,
}

impl Room {
    /// Returns the room of an archive. `report` is called with errors of the archive.
    pub(super) fn new(
        archive: Archive,
        is_public: bool,
        report: impl Fn(&Error) + Send + Sync + 'static,
    ) -> Self {
        Self {
            shelf: RwLock::new(Shelf::new(archive, 0)),
            opening: Mutex::new(()),
            pages: KeptPages::new(),
            free: Arc::new(Semaphore::new(most_at_once())),
            report: Box::new(report),
            is_public,
        }
    }

    /// Answers a request from the archive, on a thread that may wait for a disk.
    pub(super) async fn ask<T: Send + 'static>(
        self: &Arc<Self>,
        question: impl FnOnce(&Shelf) -> Result<T> + Send + 'static,
    ) -> Result<T, Trouble> {
        let room = Arc::clone(self);
        let answer = async {
            let permit = Arc::clone(&self.free).acquire_owned().await;
            // A search goes on when its time is over, and so keeps its place.
            tokio::task::spawn_blocking(move || {
                let _permit = permit;
                let answer = room.shelf().and_then(|shelf| question(&shelf));
                answer.map_err(|error| room.trouble(error))
            })
            .await
        };
        match timeout(LONGEST, answer).await {
            Ok(Ok(answer)) => answer,
            // The question panicked.
            Ok(Err(_)) => Err(Trouble::Archive),
            Err(_) => Err(Trouble::Slow),
        }
    }

    /// Returns the page of an address, written now or a moment ago. `write` may depend on nothing but the
    /// address, the archive, the reader's decisions and the file of the article `shown`.
    pub(super) async fn page<P: Template>(
        self: &Arc<Self>,
        address: String,
        shown: Option<&str>,
        write: impl FnOnce(&Shelf) -> Result<P> + Send + 'static,
    ) -> Result<Bytes, Trouble> {
        let key = || block_in_place(|| self.key(&address, shown));
        let written = self.ask(move |shelf| {
            let page = write(shelf)?.render();
            // Writing to a string cannot fail.
            Ok(page.map_or_else(|_| Bytes::new(), Bytes::from))
        });
        let Some(now) = key() else {
            return written.await;
        };
        let still_holds = || key().as_ref() == Some(&now);
        let page = self.pages.page(&now, written, still_holds);
        timeout(LONGEST, page).await.unwrap_or(Err(Trouble::Slow))
    }

    /// Returns what the page of an address depends on; `None` if that has just changed: the index, so that
    /// the archive has to be opened anew, or the file shown.
    fn key(&self, address: &str, shown: Option<&str>) -> Option<Key> {
        let known = self.known();
        if !known.archive.is_current() {
            return None;
        }
        let stamp = |id| stamp_of_file(&known.archive, id).ok();
        let file = shown.map_or(Some(None), stamp)?;
        // A file that changes again within the resolution of its times would keep its stamp.
        let file = file.map(|stamp| stamp.read_at(stamp::now()));
        if file.is_some_and(|stamp| stamp.modified == Stamp::RACY) {
            return None;
        }
        let address = address.to_owned();
        Some(Key::new(known.number, &known.archive, file, address))
    }

    fn trouble(&self, error: Error) -> Trouble {
        match error {
            Error::ArticleMissing(_) => Trouble::Missing,
            Error::Query(error) => Trouble::Query(error),
            error => {
                (self.report)(&error);
                Trouble::Archive
            }
        }
    }

    /// Returns the archive as it is now. While one request opens it anew, others read it as it was.
    fn shelf(&self) -> Result<Arc<Shelf>> {
        let known = self.known();
        if known.archive.is_current() {
            return Ok(known);
        }
        let Ok(_opening) = self.opening.try_lock() else {
            return Ok(known);
        };
        let known = self.known();
        if known.archive.is_current() {
            return Ok(known);
        }
        let shelf = Shelf::new(Archive::open(&known.archive.folder)?, known.number + 1);
        let mut place = self.shelf.write().unwrap_or_else(PoisonError::into_inner);
        *place = Arc::clone(&shelf);
        Ok(shelf)
    }

    fn known(&self) -> Arc<Shelf> {
        let shelf = self.shelf.read().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(&shelf)
    }
}
