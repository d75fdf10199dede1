//! Walks a folder for files that may hold articles.
