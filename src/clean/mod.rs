//! Turns raw text into blocks: characters, page seams, line joining, block kinds, the receipt.
//!
//! [`clean`] is the pipeline, and reads from top to bottom. The frames and control characters of wire
//! copy go first. Each line of the text has one fate:
//! it is blank, it is taken out whole, or it is joined into one block, which is in the body or
//! not. The receipt is written from those fates, so that no word is in neither.

mod blocks;
pub mod characters;
pub mod credits;
pub mod export;
mod furniture;
mod hyphens;
#[cfg(test)]
mod invariants;
mod join;
mod knowledge;
pub mod labels;
mod line_layout;
mod lines;
mod lists;
mod markdown;
mod measure;
mod pieces;
mod receipt;
mod seams;
pub mod text;
mod text_quality;
mod urls;
pub mod wire;

pub use blocks::{Labelled, Role, slug_key};
pub use knowledge::Knowledge;
pub use seams::PageEdges;
pub use urls::FoundUrl;

use crate::article::{Discipline, Doubt, Removed, RemovedKind};
use blocks::Known;
use export::{Export, Form, Header, Label};
use hyphens::Hyphens;
use line_layout::Prose;
use lines::{Fate, Line};
use measure::Margin;

/// What cleaning makes of the text of one article.
///
/// Every word of the text is in a block of the body or on the receipt.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cleaned {
    /// All blocks in the order of the text, those outside the body included.
    pub blocks: Vec<Labelled>,
    /// Labelled headers, in the order of the text.
    pub headers: Vec<Header>,
    /// The form of the export that the text is, if it is one.
    pub form: Option<Form>,
    /// Every URL once, in the order of the text.
    pub urls: Vec<FoundUrl>,
    /// What the edges of printed pages say.
    pub page: PageEdges,
    /// How the lines make paragraphs.
    pub discipline: Discipline,
    /// What was taken out.
    pub receipt: Vec<Removed>,
    /// What a careful reader should know.
    pub warnings: Vec<String>,
    /// What only the rest of the archive can settle.
    pub doubts: Vec<Doubt>,
}

/// Cleans the text of one article, whose first line has the number `first_line` in its file, with
/// what is known from the rest of the archive.
pub fn clean(text: &str, first_line: u32, knowledge: &Knowledge) -> Cleaned {
    let wire = wire::lift(text, first_line);
    let text = characters::normalise(&wire.text);
    let raw = lines::split(&text);
    let export = export::read(&raw);

    let mut lines = lines::read(&raw, first_line);
    let page = seams::lift(&mut lines);
    let lifted = urls::lift(&mut lines);
    let mut parts = wire.removed;
    parts.extend(lifted.parts);
    if let Some(export) = &export {
        parts.extend(lift_export(&mut lines, &raw, export));
    }

    let mut pieces = pieces::pieces(&lines);
    let mut margin = Margin::read(
        pieces
            .windows(2)
            .filter(|pair| pair[1].gap <= pieces::Gap::Blank)
            .map(|pair| (pair[0].set, pair[1].set)),
    );
    let was_doubled = line_layout::undouble(&mut pieces);
    furniture::mark(&mut pieces, &margin);
    let running = pieces::running(&pieces);
    let discipline = line_layout::decide(&running, &margin, was_doubled);
    let prose = Prose::count(&running, &margin);
    if matches!(
        discipline,
        Discipline::NoBlankLines | Discipline::DoubleSpaced
    ) {
        margin.settle(prose.ends, prose.inner, prose.words_a_line);
    }
    let hyphens = Hyphens::read(&pieces, knowledge);
    let drafts = join::join(&pieces, discipline, &margin, &prose, &hyphens);

    let (form, headers) = export.map_or((None, Vec::new()), |e| (Some(e.form), e.headers));
    let known = known(&headers, &page, &lifted.urls);
    let (blocks, titles) = blocks::label(drafts, &known, knowledge);
    let mut doubts = hyphens.doubts;
    doubts.extend(titles.into_iter().map(Doubt::Headline));
    let receipt = receipt::write(&lines, &blocks, parts);
    Cleaned {
        blocks,
        headers,
        form,
        urls: lifted.urls,
        page,
        discipline,
        receipt,
        warnings: text_quality::warnings(&raw),
        doubts,
    }
}

/// Takes an export's headers and furniture out of the lines, and the labels inside its body. Returns
/// the labels that stand on a line with text.
fn lift_export(lines: &mut [Line<'_>], raw: &[&str], export: &Export) -> Vec<Removed> {
    for (i, line) in lines.iter_mut().enumerate() {
        if line.is_text() && !export.body.contains(&i) {
            let is_header =
                i < export.body.start || export.headers.iter().any(|h| h.lines.contains(&i));
            line.fate = Fate::Out(if is_header {
                RemovedKind::Header
            } else {
                RemovedKind::Footer
            });
        }
    }
    let mut labels = Vec::new();
    for &(i, end) in &export.body_labels {
        let label = raw[i][..end].trim();
        let line = &mut lines[i];
        let Some(rest) = line.text.strip_prefix(label).filter(|_| line.is_text()) else {
            continue;
        };
        if rest.is_empty() {
            line.fate = Fate::Out(RemovedKind::Header);
            continue;
        }
        labels.push(Removed {
            line: line.number,
            kind: RemovedKind::Header,
            text: label.to_owned(),
        });
        let rest = rest.trim_start().to_owned();
        line.edit(rest);
    }
    labels
}

/// Gathers what headers, page edges and URLs say about titles.
fn known(headers: &[Header], page: &PageEdges, urls: &[FoundUrl]) -> Known {
    let headline = headers
        .iter()
        .find(|h| h.label == Label::Headline)
        .map(|h| h.value.clone());
    let own_url = headers
        .iter()
        .find(|h| h.label == Label::Url)
        .map(|h| h.value.as_str())
        .or_else(|| urls.iter().find(|u| u.is_own).map(|u| u.url.as_str()));
    let own = own_url.and_then(last_part).and_then(slug_key);
    let linked = urls
        .iter()
        .filter_map(|u| slug_key(last_part(&u.url)?))
        .filter(|key| own.as_ref() != Some(key))
        .collect();
    Known {
        headline,
        page_title: page.title.clone(),
        linked,
        own,
    }
}

/// Returns the last part of a URL's path that spells out a title.
fn last_part(url: &str) -> Option<&str> {
    let path = url.split(['?', '#']).next()?;
    path.trim_end_matches('/')
        .rsplit('/')
        .map(|part| part.split('.').next().unwrap_or(part))
        .find(|part| part.bytes().filter(|b| *b == b'-' || *b == b'_').count() >= 3)
}
