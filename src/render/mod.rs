//! Turns results into text for a terminal or a pipe, and into JSON lines.
