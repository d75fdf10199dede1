//! Who may read an index: the modes of its folders and files, and how both are created.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};

/// The prefix of the names of unfinished files.
pub(super) const TEMPORARY: &str = ".tmp";

/// Who may read an index besides its owner. It holds the text of files that may be private.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sharing {
    /// Nobody: folders have mode 0700 and files 0600.
    #[default]
    Private,
    /// As the umask allows.
    Shared,
}

impl Sharing {
    /// Returns the options to open a file for writing, with the mode of a new one.
    pub(super) fn options(self) -> OpenOptions {
        let mut options = OpenOptions::new();
        options.write(true);
        #[cfg(unix)]
        if self == Self::Private {
            use std::os::unix::fs::OpenOptionsExt;
            options.mode(0o600);
        }
        options
    }

    /// Creates a file, or truncates an existing one.
    pub(super) fn create(self, path: &Path) -> io::Result<File> {
        self.options().create(true).truncate(true).open(path)
    }

    /// Creates a folder, which must not exist yet.
    pub(super) fn create_folder(self, path: &Path) -> io::Result<()> {
        let mut builder = DirBuilder::new();
        #[cfg(unix)]
        if self == Self::Private {
            use std::os::unix::fs::DirBuilderExt;
            builder.mode(0o700);
        }
        builder.create(path)
    }

    /// Replaces a file in one step: readers see the old one or the new one. The file is synced to
    /// the disk, its name in the folder is not.
    pub(super) fn replace(self, path: &Path, data: &[u8]) -> io::Result<()> {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let fresh = path.with_file_name(format!("{TEMPORARY}-{name}"));
        let written = self
            .create(&fresh)
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

    /// Sets the modes of a folder and of the files in it whose names `is_own` accepts to those of
    /// new ones, except the owner's rights. Modes that can't be set, as on FAT, are left.
    #[cfg(unix)]
    pub(super) fn apply(self, folder: &Path, is_own: impl Fn(&str) -> bool) {
        use std::os::unix::fs::PermissionsExt;
        let Ok((for_folder, for_files)) = self.modes(folder) else {
            return;
        };
        let set = |path: &Path, new: u32| {
            let Ok(metadata) = fs::symlink_metadata(path) else {
                return;
            };
            let mode = metadata.permissions().mode() & 0o777;
            let wanted = mode & 0o700 | new & 0o077;
            if mode != wanted {
                let _ = fs::set_permissions(path, fs::Permissions::from_mode(wanted));
            }
        };
        set(folder, for_folder);
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
            if is_file && is_own(&entry.file_name().to_string_lossy()) {
                set(&entry.path(), for_files);
            }
        }
    }

    /// Does nothing: only Unix has modes.
    #[cfg(not(unix))]
    pub(super) fn apply(self, _folder: &Path, _is_own: impl Fn(&str) -> bool) {}

    /// Returns the modes of a new folder and a new file in `folder`. The umask can only be read by
    /// creating them.
    #[cfg(unix)]
    fn modes(self, folder: &Path) -> io::Result<(u32, u32)> {
        use std::os::unix::fs::PermissionsExt;
        if self == Self::Private {
            return Ok((0o700, 0o600));
        }
        let mode = |path: &Path| fs::metadata(path).map(|m| m.permissions().mode() & 0o777);
        let path = folder.join(format!("{TEMPORARY}-mode"));
        self.create_folder(&path)?;
        let folder_mode = mode(&path);
        fs::remove_dir(&path)?;
        self.create(&path)?;
        let file_mode = mode(&path);
        fs::remove_file(&path)?;
        Ok((folder_mode?, file_mode?))
    }
}
