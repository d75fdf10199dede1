//! A limit on notes, so that a long query gets a short answer.

/// The most notes of one kind about a query.
const MOST_NOTES: usize = 10;

/// Returns the first notes, followed by a note with the number of the others.
pub(crate) fn first_notes(mut notes: Vec<String>) -> Vec<String> {
    if notes.len() > MOST_NOTES {
        let more = notes.len() - MOST_NOTES;
        notes.truncate(MOST_NOTES);
        notes.push(format!("{more} more notes like these"));
    }
    notes
}
