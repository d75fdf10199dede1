//! Limits on notes and on quotations in messages, so that a long query gets a short answer.

/// The most characters of a query that a message quotes.
const MOST_QUOTED: usize = 80;

/// The most notes of one kind about a query.
const MOST_NOTES: usize = 10;

/// Returns the start of a text, to be quoted in a message.
pub(crate) fn shortened(text: &str) -> String {
    let mut short: String = text.chars().take(MOST_QUOTED).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

/// Returns the first notes, followed by a note with the number of the others.
pub(crate) fn first_notes(mut notes: Vec<String>) -> Vec<String> {
    if notes.len() > MOST_NOTES {
        let more = notes.len() - MOST_NOTES;
        notes.truncate(MOST_NOTES);
        notes.push(format!("{more} more notes like these"));
    }
    notes
}
