//! The paths of the articles of a segment.

use std::sync::Arc;

use tantivy::columnar::StrColumn;
use tantivy::{DocId, InvertedIndexReader, SegmentReader, TantivyError};

use super::schema::Fields;
use crate::error::Result;

/// The column of paths of a segment.
pub(super) struct PathColumn {
    /// The column; `None` if the segment has no paths.
    column: Option<StrColumn>,
    /// The terms of the field. They are the column's, in the same order, and an FST, which finds one of
    /// them some ten times faster than the column's own dictionary, whose blocks have to be unpacked.
    terms: Arc<InvertedIndexReader>,
}

impl PathColumn {
    pub(super) fn open(reader: &SegmentReader, fields: &Fields) -> tantivy::Result<Self> {
        Ok(Self {
            column: reader.fast_fields().str("path")?,
            terms: reader.inverted_index(fields.path)?,
        })
    }

    /// Returns the path of a document; an empty string if it has none.
    pub(super) fn path(&self, doc: DocId) -> Result<String> {
        let Some(column) = &self.column else {
            return Ok(String::new());
        };
        let Some(ordinal) = column.term_ords(doc).next() else {
            return Ok(String::new());
        };
        let terms = self.terms.terms();
        let mut path = Vec::new();
        if terms.num_terms() == column.num_terms() {
            let read = terms.ord_to_term(ordinal, &mut path);
            read.map_err(TantivyError::from)?;
        } else {
            let read = column.ord_to_bytes(ordinal, &mut path);
            read.map_err(TantivyError::from)?;
        }
        Ok(String::from_utf8_lossy(&path).into_owned())
    }
}
