//! Who is who across the archive: which persons the names in its articles mean, and which articles name
//! a person.

pub mod census;
pub mod columns;
pub mod decisions;
pub mod lookup;
pub mod merge_suggestions;
pub mod named;
pub mod records;
pub mod register;
pub mod relatives;
pub mod sightings;
mod votes;
