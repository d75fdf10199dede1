//! Entity resolution across the archive: which names in the articles are the same person, and which
//! articles name a person.
//!
//! Nothing is stored: persons are resolved when a question is asked, from the columns of the index,
//! for the names that share a surname with the one asked about.

pub mod census;
pub mod columns;
pub mod decision_changes;
pub mod decisions;
mod full_names;
pub mod linked_surnames;
pub mod lookup;
pub mod merge_suggestions;
pub mod named;
pub mod namesakes;
pub mod nobodies;
mod person_stories;
pub mod records;
pub mod register;
pub mod relatives;
mod short_forms;
pub mod sightings;
mod votes;
