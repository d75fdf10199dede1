//! What the file system says of a file without reading it, so that a file that did not change is not read
//! again.

use std::fs::Metadata;
use std::io;
use std::time::{Duration, UNIX_EPOCH};

/// What the file system says of a file without reading it. A file whose stamp is as it was has not
/// changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// Its size in bytes.
    pub size: u64,
    /// Its time of last change, in nanoseconds since 1970, or [`Stamp::RACY`].
    pub modified: i64,
    /// The time of last change of its content, name, mode or owner (`ctime`), in nanoseconds since 1970;
    /// 0 on systems without. Programs can set the time of last change, but not this.
    pub changed: i64,
    /// Its inode; 0 on systems without.
    pub inode: u64,
}

impl Stamp {
    /// The time of a file that was written so short a time before it was read that a later change
    /// could leave size and times as they are. It is no file's time, so that the file is hashed
    /// once more (git calls such entries of its index "racy").
    pub const RACY: i64 = i64::MIN;

    /// How long before it is read a file may have been changed to be safe from that, in
    /// nanoseconds: two seconds, the coarsest time stamp in use (FAT's).
    pub const RACY_NANOSECONDS: i64 = 2_000_000_000;

    /// Returns the stamp to remember of a file that is read at the time `now`, in nanoseconds since 1970.
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
        // Before 1970 the distance is an error that holds it, and counts backwards.
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

fn nanoseconds(duration: Duration) -> i64 {
    i64::try_from(duration.as_nanos()).unwrap_or(i64::MAX)
}
