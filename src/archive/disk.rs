//! Tantivy's directory with four changes. New files have the modes of the index's [`Sharing`]. An
//! index can be read on a read-only medium, or if it is another user's. It can be written on a file
//! system without locks, since the index folder has a lock of its own. And what is read once is read
//! from files that are not mapped: those of the writer, so that its memory holds only what it is
//! merging, not all that it has merged, and the stored articles, so that an export of all of them takes
//! no more memory than one.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    AntiCallToken, DirectoryLock, FileHandle, FileSlice, Lock, META_LOCK, MmapDirectory,
    OwnedBytes, TerminatingWrite, WatchCallback, WatchHandle, WritePtr,
};
use tantivy::{Directory, HasLen, TantivyError};

use super::sharing::Sharing;

/// The engine's list of its files, for the collection of garbage (tantivy's `MANAGED_FILEPATH`).
pub const MANAGED: &str = ".managed.json";

/// The extension of the engine's files of stored documents.
const STORE: &str = "store";

/// What a generation is opened for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Reading.
    Read,
    /// Reading what is left of a damaged one: the engine's list of files, which only a writer
    /// needs, is ignored.
    Salvage,
    /// Writing. The caller holds the lock of the index folder.
    Write(Sharing),
}

/// The directory of a generation.
#[derive(Clone, Debug)]
pub struct Disk {
    files: MmapDirectory,
    folder: PathBuf,
    access: Access,
}

impl Disk {
    /// Opens the directory of a generation.
    pub fn open(folder: &Path, access: Access) -> Result<Self, TantivyError> {
        Ok(Self {
            files: MmapDirectory::open(folder)?,
            folder: folder.to_owned(),
            access,
        })
    }

    /// Returns who may read new files. A reader creates none.
    fn sharing(&self) -> Sharing {
        match self.access {
            Access::Read | Access::Salvage => Sharing::Private,
            Access::Write(sharing) => sharing,
        }
    }
}

impl Directory for Disk {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        let is_store = path.extension().is_some_and(|extension| extension == STORE);
        if !matches!(self.access, Access::Write(_)) && !is_store {
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
        let mut options = self.sharing().options();
        match options.create_new(true).open(self.folder.join(path)) {
            Ok(file) => Ok(BufWriter::new(Box::new(Synced(file)))),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                Err(OpenWriteError::FileAlreadyExists(path.to_owned()))
            }
            Err(error) => Err(OpenWriteError::wrap_io_error(error, path.to_owned())),
        }
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        if self.access == Access::Salvage && path == Path::new(MANAGED) {
            return Err(OpenReadError::FileDoesNotExist(path.to_owned()));
        }
        self.files.atomic_read(path)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        self.sharing().replace(&self.folder.join(path), data)
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.files.sync_directory()
    }

    /// Takes one of the engine's two locks. The writer's is not needed, since the index folder's
    /// lock is held. The other keeps files from being garbage collected while they are opened;
    /// readers share it, which needs no right to write. Without locks, a reader finds that files
    /// are gone and tries again.
    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        let path = self.folder.join(&lock.filepath);
        let is_needed = lock.filepath == META_LOCK.filepath;
        let locked = match self.access {
            _ if !is_needed => None,
            Access::Read | Access::Salvage => File::open(path)
                .and_then(|file| file.lock_shared().map(|()| file))
                .ok(),
            Access::Write(sharing) => {
                let file = (sharing.options().create(true).truncate(false).open(path))
                    .map_err(LockError::wrap_io_error)?;
                file.lock().ok().map(|()| file)
            }
        };
        Ok(match locked {
            Some(file) => DirectoryLock::from(Box::new(file)),
            None => DirectoryLock::from(Box::new(())),
        })
    }

    fn watch(&self, watch_callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.files.watch(watch_callback)
    }
}

/// A file that is synced to the disk when the engine closes it.
struct Synced(File);

impl Write for Synced {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

impl TerminatingWrite for Synced {
    fn terminate_ref(&mut self, _: AntiCallToken) -> io::Result<()> {
        self.0.sync_data()
    }
}

/// A file that is read on demand instead of being mapped.
#[derive(Debug)]
struct Unmapped(FileSlice);

impl HasLen for Unmapped {
    fn len(&self) -> usize {
        self.0.len()
    }
}

impl FileHandle for Unmapped {
    fn read_bytes(&self, range: Range<usize>) -> io::Result<OwnedBytes> {
        // The engine's implementation fails for an empty range.
        if range.is_empty() {
            return Ok(OwnedBytes::empty());
        }
        self.0.read_bytes_slice(range)
    }
}

/// Syncs the names in a folder to the disk. On Windows there is nothing to do.
pub fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(windows) {
        return Ok(());
    }
    File::open(folder)?.sync_all()
}
