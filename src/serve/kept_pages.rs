//! Pages that were written a moment ago, for those who ask for them again.

use axum::body::Bytes;
use quick_cache::Weighter;
use quick_cache::sync::Cache;
use xxhash_rust::xxh3::xxh3_128;

use crate::archive::Archive;
use crate::identity::decisions;
use crate::source::beside;
use crate::source::stamp::Stamp;

/// The most bytes of all kept pages.
const MOST_BYTES: u64 = 32 * 1024 * 1024;

/// The number of pages that room is made for at first.
const PAGES: usize = 500;

/// What a page depends on.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) struct Key {
    /// The number of the open archive.
    shelf: u64,
    /// The hash of the reader's decisions on persons; `None` without any.
    decisions: Option<u128>,
    /// The stamp of the file that the page shows, if it shows one.
    file: Option<Stamp>,
    /// The path and query of its address.
    address: String,
}

impl Key {
    /// Returns the key of a page of an open archive, as the reader's decisions are now. `shelf` is the number of
    /// the archive.
    pub(super) fn new(shelf: u64, archive: &Archive, file: Option<Stamp>, address: String) -> Self {
        // A file that can't be read is as one that is not there: the page says why, and is not kept.
        let path = decisions::path_of(archive).ok().flatten();
        let decided = path.and_then(|path| beside::read(&path).ok());
        Self {
            shelf,
            decisions: decided.map(|text| xxh3_128(&text)),
            file,
            address,
        }
    }
}

/// The pages asked for last, as many as some memory holds.
pub(super) struct KeptPages(Cache<Key, Bytes, Size>);

/// The memory of a page.
#[derive(Clone)]
struct Size;

impl Weighter<Key, Bytes> for Size {
    fn weight(&self, key: &Key, page: &Bytes) -> u64 {
        (size_of::<Key>() + key.address.len() + page.len()) as u64
    }
}

impl KeptPages {
    pub(super) fn new() -> Self {
        Self(Cache::with_weighter(PAGES, MOST_BYTES, Size))
    }

    /// Returns a page. It is written if it is not kept, once for all who ask for it meanwhile, and kept if
    /// its key still holds.
    pub(super) async fn page<E>(
        &self,
        key: &Key,
        write: impl Future<Output = Result<Bytes, E>>,
        still_holds: impl FnOnce() -> bool,
    ) -> Result<Bytes, E> {
        match self.0.get_value_or_guard_async(key).await {
            Ok(page) => Ok(page),
            Err(place) => {
                let page = write.await?;
                if still_holds() {
                    // It fails if the place was taken back, which loses nothing.
                    let _ = place.insert(page.clone());
                }
                Ok(page)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(address: &str) -> Key {
        let (shelf, decisions, file) = (1, None, None);
        Key {
            shelf,
            decisions,
            file,
            address: address.to_owned(),
        }
    }

    #[tokio::test]
    async fn keeps_what_holds() {
        let pages = KeptPages::new();
        let page =
            |text: &'static str| async move { Ok::<_, ()>(Bytes::from_static(text.as_bytes())) };
        for (address, written, still_holds, expected) in [
            ("/", Some("first"), false, Some("first")),
            ("/", None, true, None),
            ("/", Some("second"), true, Some("second")),
            ("/", Some("third"), true, Some("second")),
            ("/search?q=a", Some("third"), true, Some("third")),
        ] {
            let write = async {
                match written {
                    Some(text) => page(text).await,
                    None => Err(()),
                }
            };
            let found = pages.page(&key(address), write, || still_holds).await;
            assert_eq!(
                found.ok().as_deref(),
                expected.map(str::as_bytes),
                "{address} {written:?}"
            );
        }
    }
}
