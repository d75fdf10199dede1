//! The format of the embedded files: numbers and columns of bytes, compressed with zstd.

use std::io::Read;

/// Appends a number to a file: seven bits per byte, lowest first; the top bit is set on all bytes
/// but the last.
pub fn push_number(out: &mut Vec<u8>, mut number: usize) {
    while number >= 0x80 {
        out.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// Compresses a file.
pub fn compress(bytes: &[u8]) -> Vec<u8> {
    zstd::bulk::compress(bytes, 19).expect("zstd fails only without memory")
}

/// Undoes [`compress`].
pub(crate) fn decompress(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    zstd::Decoder::new(bytes)
        .and_then(|mut decoder| decoder.read_to_end(&mut out))
        .expect("the embedded files are whole: a test decodes each");
    out
}

/// Reads the numbers and columns of a decompressed file.
pub(crate) struct ColumnReader<'b> {
    bytes: &'b [u8],
}

impl<'b> ColumnReader<'b> {
    pub(crate) fn new(bytes: &'b [u8]) -> Self {
        Self { bytes }
    }

    /// Reads a number; 0 past the end of the file.
    pub(crate) fn number(&mut self) -> usize {
        let mut number = 0;
        let mut shift = 0;
        while let Some((&byte, rest)) = self.bytes.split_first() {
            self.bytes = rest;
            number |= usize::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                break;
            }
            shift += 7;
        }
        number
    }

    /// Reads a column of `len` bytes. Panics where the file has fewer.
    pub(crate) fn column(&mut self, len: usize) -> &'b [u8] {
        let (column, rest) = self.bytes.split_at(len);
        self.bytes = rest;
        column
    }
}
