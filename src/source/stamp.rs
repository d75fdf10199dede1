//! The metadata by which an unchanged file is recognised without reading it.

use std::fs::Metadata;
use std::io;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The metadata of a file. A file with the same stamp as before has not changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Stamp {
    /// Its size in bytes.
    pub size: u64,
    /// Its time of last change, in nanoseconds since 1970, or [`Stamp::RACY`].
    pub modified: i64,
    /// The time of last change of its content, name, mode or owner (`ctime`), in nanoseconds since
    /// 1970; 0 on systems without one. Programs can set `modified`, but not this.
    pub changed: i64,
    /// Its inode; 0 on systems without one.
    pub inode: u64,
}

impl Stamp {
    /// Stored in place of the time of a file that was written just before it was read: a later
    /// change might not alter its size and times. No file has this time, so the next run hashes the
    /// file again (git calls such entries of its index "racy").
    pub const RACY: i64 = i64::MIN;

    /// A file changed within this time before it is read is racy, in nanoseconds: two seconds, the
    /// resolution of the coarsest time stamps in use (FAT's).
    pub const RACY_NANOSECONDS: i64 = 2_000_000_000;

    /// Returns the stamp to store of a file that is read at the time `now`, in nanoseconds since
    /// 1970.
    #[must_use]
    pub fn read_at(self, now: i64) -> Self {
        let is_racy = self.modified.max(self.changed) > now.saturating_sub(Self::RACY_NANOSECONDS);
        Self {
            modified: if is_racy { Self::RACY } else { self.modified },
            ..self
        }
    }

    /// Returns the stamp of a file.
    pub fn of(metadata: &Metadata) -> io::Result<Self> {
        #[cfg(unix)]
        let (changed, inode) = {
            use std::os::unix::fs::MetadataExt;
            let seconds = metadata.ctime().saturating_mul(1_000_000_000);
            (
                seconds.saturating_add(metadata.ctime_nsec()),
                metadata.ino(),
            )
        };
        #[cfg(not(unix))]
        let (changed, inode) = (0, 0);
        // A time before 1970 is returned as an error with the distance.
        let modified = match metadata.modified()?.duration_since(UNIX_EPOCH) {
            Ok(since) => nanoseconds(since),
            Err(before) => -nanoseconds(before.duration()),
        };
        Ok(Self {
            size: metadata.len(),
            modified,
            changed,
            inode,
        })
    }
}

/// Returns the time in nanoseconds since 1970.
#[must_use]
pub fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, nanoseconds)
}

fn nanoseconds(duration: Duration) -> i64 {
    i64::try_from(duration.as_nanos()).unwrap_or(i64::MAX)
}
