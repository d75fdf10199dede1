//! The folder of articles: finds files, decodes them, splits a file into its articles, and watches
//! the folder for changes. Or reads the records of an export.

pub mod beside;
pub mod containers;
pub mod decode;
pub mod exclude;
pub mod export_marks;
pub mod frames;
mod legacy;
pub mod mail_head;
mod noise;
pub mod part;
pub mod records;
pub mod split;
pub mod stamp;
pub mod walk;
pub mod watch;
