//! What is in the folder: finding files, turning their bytes into text, and cutting a file that
//! holds many articles into its parts; and following the folder.

pub mod beside;
pub mod decode;
pub mod exclude;
pub mod export_marks;
pub mod frames;
mod noise;
pub mod split;
pub mod stamp;
pub mod walk;
pub mod watch;
