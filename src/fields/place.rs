//! The places in a file that fields are read from.

/// Where a field was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The block with this index.
    Block(usize),
    /// The header with this index.
    Header(usize),
    /// The URL with this index.
    Url(usize),
    /// The article's own URL, which may stand in a header.
    OwnUrl,
    /// The dateline.
    Dateline,
    /// What a browser prints at the edges of pages.
    PageEdge,
}
