//! Writes one article as text: its fields with their origin, its body, and its receipt.

use std::borrow::Cow;
use std::io::{self, Write};

use serde::Serialize;

use super::escape::escape;
use super::style::{Ink, Style};
use crate::article::{Article, BlockKind, Origin, Removed, RemovedKind};

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
            BlockKind::Standfirst | BlockKind::Subhead => style.paint(Ink::Bold, &text),
            BlockKind::ListItem => format!("• {text}"),
            BlockKind::Quotation => format!("| {text}"),
            _ => text.into_owned(),
        };
        writeln!(out)?;
        style.paragraph(out, 0, &text)?;
    }
    origins(out, &article.why, style)?;
    receipt(out, &article.receipt, style)
}

/// Writes where the fields were read: `published   line 5: "June 27, 2018", beside the byline`.
fn origins(out: &mut impl Write, origins: &[Origin], style: &Style) -> io::Result<()> {
    if origins.is_empty() {
        return Ok(());
    }
    let heading = "Where the fields were read:";
    writeln!(out, "\n{}", style.paint(Ink::Dim, heading))?;
    for origin in origins {
        let line = origin.line.map(|line| format!("line {line}: "));
        let text = match origin.text.as_str() {
            "" => String::new(),
            text => format!("\"{}\", ", style.text(text)),
        };
        let (field, line) = (&origin.field, line.unwrap_or_default());
        writeln!(out, "{field:<14}{line}{text}{}", origin.reason)?;
    }
    Ok(())
}

/// Writes what was taken out of the text.
fn receipt(out: &mut impl Write, receipt: &[Removed], style: &Style) -> io::Result<()> {
    if receipt.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{}", style.paint(Ink::Dim, "Taken out of the text:"))?;
    for Removed { line, kind, text } in receipt {
        let text = match kind {
            // Control characters are invisible unless they are escaped, also in a pipe.
            RemovedKind::Control => Cow::Owned(escape(text)),
            _ => style.text(text),
        };
        writeln!(out, "{line:>6}  {:<12}{text}", keyword(kind))?;
    }
    Ok(())
}

/// Returns the names and values of the fields that the article has.
fn facts(article: &Article) -> Vec<(&'static str, String)> {
    let mut facts = vec![("id", article.id.clone()), ("path", path(article))];
    let origin = article.headline_from.as_ref();
    facts.extend(origin.map(|origin| ("headline", format!("from {}", keyword(origin)))));
    if !article.byline.is_empty() {
        facts.push(("byline", article.byline.join(", ")));
    }
    if !article.contributors.is_empty() {
        facts.push(("with", article.contributors.join(", ")));
    }
    facts.extend(article.agency.clone().map(|agency| ("agency", agency)));
    if let Some(dateline) = &article.dateline {
        let date = dateline.date.map(|date| date.to_string());
        let parts: Vec<String> = dateline.place.clone().into_iter().chain(date).collect();
        facts.push(("dateline", parts.join(", ")));
    }
    facts.push(("published", published(article)));
    for date in &article.dates {
        let value = format!("{} ({}: {})", date.date, keyword(&date.kind), date.text);
        facts.push(("date", value));
    }
    facts.extend(source(article).map(|source| ("source", source)));
    for (name, value) in [
        ("section", &article.section),
        ("edition", &article.edition),
        ("page", &article.page),
    ] {
        facts.extend(value.clone().map(|value| (name, value)));
    }
    facts.extend(article.url.clone().map(|url| ("url", url)));
    facts.extend(
        article
            .related
            .iter()
            .map(|title| ("related", title.clone())),
    );
    for person in &article.people {
        let forms: Vec<String> = person
            .forms
            .iter()
            .map(|(form, n)| format!("{form} {n}"))
            .collect();
        let value = format!("{} ({})", person.name, forms.join(", "));
        facts.push(("person", value));
    }
    if !article.blocks.is_empty() {
        facts.push(("lines", article.line_layout.to_string()));
    }
    facts.extend(
        article
            .language
            .clone()
            .map(|language| ("language", language)),
    );
    facts.push(("words", article.words.to_string()));
    facts.extend((article.warnings.iter()).map(|warning| ("warning", warning.clone())));
    facts.retain(|(_, value)| !value.is_empty());
    facts
}

/// Returns the path of the article's file, and the article's number in a file of several.
fn path(article: &Article) -> String {
    let path = escape(&article.path);
    match article.part {
        0 => path,
        part => format!("{path}, article {} of this file", part + 1),
    }
}

/// Returns the outlet, with its domain where it is known besides the name.
fn source(article: &Article) -> Option<String> {
    let source = article.source.as_ref()?;
    let domain = article
        .source_domain
        .as_ref()
        .filter(|domain| *domain != source);
    Some(match domain {
        Some(domain) => format!("{source} ({domain})"),
        None => source.clone(),
    })
}

/// Returns the date of publication and its origin.
fn published(article: &Article) -> String {
    match (article.published, &article.published_from) {
        (None, _) => "unknown".to_owned(),
        (Some(date), None) => date.to_string(),
        (Some(date), Some(origin)) => format!("{date} (from {})", keyword(origin)),
    }
}

/// Returns a value of an enum as the JSON record has it.
fn keyword(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(keyword)) => keyword,
        Ok(other) => other.to_string(),
        Err(_) => String::new(),
    }
}
