//! Writes one article for people to read: its fields, where they come from, its text, and what was
//! taken out of it.

use std::borrow::Cow;
use std::io::{self, Write};

use super::{Ink, Style, escape};
use crate::article::{Article, BlockKind, Removed, RemovedKind};

/// Writes an article.
pub fn article(out: &mut impl Write, article: &Article, style: &Style) -> io::Result<()> {
    let headline = match &article.headline {
        Some(headline) => style.paint(Ink::Bold, &style.text(headline)),
        None => "(no headline)".to_owned(),
    };
    style.paragraph(out, 0, &headline)?;
    writeln!(out)?;
    for (name, value) in facts(article) {
        let name = style.paint(Ink::Dim, &format!("{name:<10}"));
        writeln!(out, "{name}{}", style.text(&value))?;
    }
    for block in &article.blocks {
        let text = style.text(&block.text);
        let text = match block.kind {
            BlockKind::Subhead => style.paint(Ink::Bold, &text),
            BlockKind::ListItem => format!("• {text}"),
            BlockKind::Quotation => format!("| {text}"),
            _ => text.into_owned(),
        };
        writeln!(out)?;
        style.paragraph(out, 0, &text)?;
    }
    if !article.receipt.is_empty() {
        writeln!(out, "\n{}", style.paint(Ink::Dim, "Taken out of the text:"))?;
        for Removed { line, kind, text } in &article.receipt {
            let text = match kind {
                // They show nothing, be it on a terminal or not.
                RemovedKind::Control => Cow::Owned(escape(text)),
                _ => style.text(text),
            };
            writeln!(out, "{line:>6}  {:<12}{text}", word(kind))?;
        }
    }
    Ok(())
}

/// Returns the fields that the article has, as lines of name and value.
fn facts(article: &Article) -> Vec<(&'static str, String)> {
    let from =
        |kind: Option<String>| kind.map_or_else(String::new, |kind| format!(" (from {kind})"));
    let mut facts = Vec::new();
    let mut add = |name, value: String| {
        if !value.is_empty() {
            facts.push((name, value));
        }
    };
    add("id", article.id.clone());
    let part = if article.part > 0 {
        format!(", article {} of this file", article.part + 1)
    } else {
        String::new()
    };
    add("path", format!("{}{part}", escape(&article.path)));
    add(
        "headline",
        article
            .headline_from
            .map_or_else(String::new, |kind| format!("from {}", word(&kind))),
    );
    add("byline", article.byline.join(", "));
    add("agency", article.agency.clone().unwrap_or_default());
    if let Some(dateline) = &article.dateline {
        let date = dateline.date.map(|date| date.to_string());
        let parts: Vec<String> = dateline.place.clone().into_iter().chain(date).collect();
        add("dateline", parts.join(", "));
    }
    add(
        "published",
        article.published.map_or_else(
            || "unknown".to_owned(),
            |date| {
                format!(
                    "{date}{}",
                    from(article.published_from.map(|kind| word(&kind)))
                )
            },
        ),
    );
    for date in &article.dates {
        add(
            "date",
            format!("{} ({}: {})", date.date, word(&date.kind), date.text),
        );
    }
    add("source", article.source.clone().unwrap_or_default());
    add("url", article.url.clone().unwrap_or_default());
    for title in &article.related {
        add("related", title.clone());
    }
    for person in &article.people {
        let forms: Vec<String> = person
            .forms
            .iter()
            .map(|(form, n)| format!("{form} {n}"))
            .collect();
        add("person", format!("{} ({})", person.name, forms.join(", ")));
    }
    if !article.blocks.is_empty() {
        add("lines", article.line_layout.to_string());
    }
    add("language", article.language.clone().unwrap_or_default());
    add("words", article.words.to_string());
    for warning in &article.warnings {
        add("warning", warning.clone());
    }
    facts
}

/// Returns a kind as it stands in the JSON record.
fn word(kind: &impl serde::Serialize) -> String {
    match serde_json::to_value(kind) {
        Ok(serde_json::Value::String(word)) => word,
        Ok(other) => other.to_string(),
        Err(_) => String::new(),
    }
}
