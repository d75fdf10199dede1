//! The archive that is read, opened anew when its index has changed, and the bound on how many requests
//! read it at once.

use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::thread;
use std::time::Duration;

use tokio::sync::Semaphore;
use tokio::time::timeout;

use super::front_page::Front;
use crate::archive::Archive;
use crate::error::{Error, QueryError, Result};
use crate::identity::decisions::Decisions;

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
    free: Arc<Semaphore>,
    report: Box<dyn Fn(&Error) + Send + Sync>,
    /// Whether everyone may read, so that nobody may change the user's decisions.
    pub(super) is_public: bool,
}

/// An open archive, with what the first page says of it.
pub(super) struct Shelf {
    pub(super) archive: Archive,
    /// What the first page says, with the decisions that it was counted with.
    front: Mutex<Option<(Decisions, Arc<Front>)>>,
}

impl Shelf {
    fn new(archive: Archive) -> Arc<Self> {
        let front = Mutex::new(None);
        Arc::new(Self { archive, front })
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
    pub(super) fn new(archive: Archive, report: impl Fn(&Error) + Send + Sync + 'static) -> Self {
        Self {
            shelf: RwLock::new(Shelf::new(archive)),
            opening: Mutex::new(()),
            free: Arc::new(Semaphore::new(most_at_once())),
            report: Box::new(report),
            is_public: false,
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
        let shelf = Shelf::new(Archive::open(&known.archive.folder)?);
        let mut place = self.shelf.write().unwrap_or_else(PoisonError::into_inner);
        *place = Arc::clone(&shelf);
        Ok(shelf)
    }

    fn known(&self) -> Arc<Shelf> {
        let shelf = self.shelf.read().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(&shelf)
    }
}
