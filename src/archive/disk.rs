//! The engine's files on disk: its own directory, but for three things. Files that it replaces get
//! the mode that the umask says, where the engine's are its user's alone; an index on a medium that
//! can't be written, or of another user, can be read; and the writer reads files piece by piece
//! instead of mapping them, so that it takes the memory of what it merges at the moment and not of
//! all that it has merged.

use std::fs::{self, File};
use std::io::{self, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    DirectoryLock, FileHandle, FileSlice, Lock, META_LOCK, MmapDirectory, OwnedBytes,
    WatchCallback, WatchHandle, WritePtr,
};
use tantivy::{Directory, HasLen, TantivyError};

/// What the names of unfinished files begin with.
pub const TEMPORARY: &str = ".tmp";

/// The folder of a generation.
#[derive(Clone, Debug)]
pub struct Disk {
    files: MmapDirectory,
    folder: PathBuf,
    is_writer: bool,
}

impl Disk {
    /// Opens a folder for the writer, or for a reader.
    pub fn open(folder: &Path, is_writer: bool) -> Result<Self, TantivyError> {
        Ok(Self {
            files: MmapDirectory::open(folder)?,
            folder: folder.to_owned(),
            is_writer,
        })
    }
}

impl Directory for Disk {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        if !self.is_writer {
            return self.files.get_file_handle(path);
        }
        match FileSlice::open(&self.folder.join(path)) {
            Ok(file) => Ok(Arc::new(Unmapped(file))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                Err(OpenReadError::FileDoesNotExist(path.to_owned()))
            }
            Err(error) => Err(OpenReadError::wrap_io_error(error, path.to_owned())),
        }
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.files.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.files.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        self.files.open_write(path)
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.files.atomic_read(path)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        replace(&self.folder.join(path), data)
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.files.sync_directory()
    }

    /// Takes a lock. The lock that keeps files from being collected while they are opened is
    /// shared by readers, who need not be able to write for that; where it can't be had at all,
    /// nobody writes there or the reader will see that files are gone and try again.
    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        if self.is_writer || lock.filepath != META_LOCK.filepath {
            return self.files.acquire_lock(lock);
        }
        let locked = File::open(self.folder.join(&lock.filepath))
            .and_then(|file| file.lock_shared().map(|()| file));
        Ok(match locked {
            Ok(file) => DirectoryLock::from(Box::new(file)),
            Err(_) => DirectoryLock::from(Box::new(())),
        })
    }

    fn watch(&self, watch_callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.files.watch(watch_callback)
    }
}

/// A file that is read when it is asked for.
#[derive(Debug)]
struct Unmapped(FileSlice);

impl HasLen for Unmapped {
    fn len(&self) -> usize {
        self.0.len()
    }
}

impl FileHandle for Unmapped {
    fn read_bytes(&self, range: Range<usize>) -> io::Result<OwnedBytes> {
        // The engine's own is an error for nothing.
        if range.is_empty() {
            return Ok(OwnedBytes::empty());
        }
        self.0.read_bytes_slice(range)
    }
}

/// Puts a file in the place of another in one step, lasting but for its name: whoever reads sees
/// the old one or the new one.
pub fn replace(path: &Path, data: &[u8]) -> io::Result<()> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let fresh = path.with_file_name(format!("{TEMPORARY}-{name}"));
    let written = File::create(&fresh)
        .and_then(|mut file| {
            file.write_all(data)?;
            file.sync_all()
        })
        .and_then(|()| fs::rename(&fresh, path));
    if written.is_err() {
        let _ = fs::remove_file(&fresh);
    }
    written
}
