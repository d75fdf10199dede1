//! Writes the links of an article within its archive.

use std::io::{self, Write};

use super::escape::escape;
use super::style::{Ink, Style};
use crate::search::links::{Linked, Links};

/// Writes which articles an article points to and which point to it; nothing if there are none.
pub fn links(out: &mut impl Write, links: &Links, style: &Style) -> io::Result<()> {
    for (heading, linked) in [
        ("Points to:", &links.points_to),
        ("Pointed to by:", &links.pointed_to_by),
    ] {
        if linked.is_empty() {
            continue;
        }
        writeln!(out, "\n{}", style.paint(Ink::Dim, heading))?;
        for linked in linked {
            style.paragraph(out, 2, &fact(linked, style))?;
        }
    }
    Ok(())
}

fn fact(linked: &Linked, style: &Style) -> String {
    let headline = linked.headline.as_deref().unwrap_or("(no headline)");
    let mut facts = vec![style.text(headline).into_owned()];
    facts.extend(linked.published.map(|date| date.to_string()));
    facts.push(style.paint(Ink::Path, &escape(&linked.path)));
    facts.push(style.paint(Ink::Dim, &linked.id));
    facts.join(" · ")
}
