//! Documents on their way to the engine's threads. The engine's queue holds 10,000, whatever their sizes;
//! here their bytes are bounded.

use std::sync::Arc;
use std::time::Duration;

use tantivy::schema::{Document, Value};
use tantivy::{IndexWriter, TantivyDocument};

use crate::machine::budget::{Budget, Reservation};

/// How long a document waits for room. After that it goes on without: the threads of an engine that has
/// failed give nothing back, and the engine says so when it is passed a document.
const PATIENCE: Duration = Duration::from_secs(1);

/// The engine's writer.
pub(super) type Engine = IndexWriter<Queued>;

/// A document that takes a part of a budget until an engine thread has indexed it.
pub(super) struct Queued {
    document: TantivyDocument,
    _part: Option<Reservation>,
}

impl Document for Queued {
    type Value<'a> = <TantivyDocument as Document>::Value<'a>;
    type FieldsValuesIter<'a> = <TantivyDocument as Document>::FieldsValuesIter<'a>;

    fn iter_fields_and_values(&self) -> Self::FieldsValuesIter<'_> {
        self.document.iter_fields_and_values()
    }
}

/// Passes a document to the engine, once those that wait there leave room for it.
pub(super) fn add(
    engine: &Engine,
    room: &Arc<Budget>,
    mut document: TantivyDocument,
) -> tantivy::Result<()> {
    document.shrink_to_fit();
    let queued = Queued {
        _part: room.take_within(PATIENCE, bytes_of(&document)),
        document,
    };
    engine.add_document(queued).map(drop)
}

/// Returns about how many bytes of memory a document takes.
fn bytes_of(document: &TantivyDocument) -> u64 {
    /// The type, the place and the length of a value, or a number.
    const EACH: usize = 16;
    let values = document.field_values();
    let bytes = values.map(|(_, value)| EACH + value.as_str().map_or(0, str::len));
    bytes.sum::<usize>() as u64
}
