//! Cleans the text of an article: what remains is blocks with roles, headers, URLs and a receipt.
//!
//! [`clean`] is the pipeline, from top to bottom. Each line of the text is blank, taken out whole,
//! or joined into one block, which is in the body or not. The receipt is written from that, so that
//! every word is in the body or on the receipt.

pub mod agencies;
mod asides;
mod blocks;
mod boilerplate;
pub mod bullets;
mod captions;
pub mod characters;
mod controls;
pub mod credits;
pub mod date_lines;
mod drop_caps;
mod emphasis;
pub mod export;
mod furniture;
mod hyphens;
#[cfg(test)]
mod invariants;
mod join;
mod jumps;
mod knowledge;
mod known_titles;
pub(crate) mod letterhead;
mod line_layout;
mod lines;
mod markdown;
mod measure;
mod mojibake;
mod navigation;
mod page_head;
mod phrases;
mod phrases_abroad;
mod pleas;
mod receipt;
mod related;
mod role;
mod running_heads;
mod seams;
mod sign_offs;
mod subheads;
mod text_lines;
pub(crate) mod text_quality;
mod urls;
pub mod wire;
mod wire_marks;

pub use knowledge::Knowledge;
pub use role::{LabelledBlock, Role};
pub use seams::PageEdges;
pub use urls::FoundUrl;

use crate::article::{Doubt, LineLayout, Removed};
use export::{Form, Header};
use hyphens::Hyphens;
use known_titles::KnownTitles;
use line_layout::Layout;
use measure::Margin;
use text_lines::Gap;

use crate::text::sentence::{ends_sentence, starts_lower};

/// The cleaned text of one article.
///
/// Every word of the text is in a block of the body or on the receipt.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cleaned {
    /// The number of the article's first line in the file, from 1.
    pub first_line: u32,
    /// All blocks in the order of the text, including those outside the body.
    pub blocks: Vec<LabelledBlock>,
    /// Labelled headers, in the order of the text.
    pub headers: Vec<Header>,
    /// The form of the export, if the text is one.
    pub form: Option<Form>,
    /// Every URL once, in the order of the text.
    pub urls: Vec<FoundUrl>,
    /// What the edges of printed pages say.
    pub page: PageEdges,
    /// How the lines make paragraphs.
    pub line_layout: LineLayout,
    /// What was taken out.
    pub receipt: Vec<Removed>,
    /// Notes for the reader about the quality of the text.
    pub warnings: Vec<String>,
    /// Questions that only the rest of the archive can answer.
    pub doubts: Vec<Doubt>,
}

/// Cleans the text of one article with what is known from the rest of the archive. `first_line` is
/// the number of its first line in the file.
pub fn clean(text: &str, first_line: u32, knowledge: &Knowledge) -> Cleaned {
    let wire = wire::lift(text, first_line);
    let text = characters::normalise(&wire.text);
    let raw = lines::split(&text);
    let export = export::read(&raw);

    let mut lines = lines::read(&raw, first_line);
    let marks = wire_marks::lift(&mut lines);
    let page = seams::lift(&mut lines);
    let lifted = urls::lift(&mut lines);
    let emphasis = emphasis::lift(&mut lines);
    let mut parts = wire.removed;
    parts.extend(marks.parts);
    parts.extend(emphasis);
    parts.extend(lifted.parts);
    let (bylines, glued) = credits::glued::lift(&mut lines);
    parts.extend(glued);
    if let Some(export) = &export {
        parts.extend(export::lift(&mut lines, &raw, export));
    }

    let (form, mut headers) = export.map_or((None, Vec::new()), |e| (Some(e.form), e.headers));
    headers.extend(marks.headers);
    headers.extend(bylines);
    let known = KnownTitles::of(&headers, &page, &lifted.urls);

    let mut text_lines = text_lines::with_gaps(&lines);
    let margin = Margin::read(
        text_lines
            .windows(2)
            .filter(|pair| {
                // A sentence that a page's end cuts shows the margin too.
                pair[1].gap <= Gap::Blank
                    || pair[1].gap == Gap::Seam
                        && !ends_sentence(pair[0].text)
                        && starts_lower(pair[1].text)
            })
            .map(|pair| (pair[0].set, pair[1].set)),
    );
    let spacing = line_layout::undouble(&mut text_lines);
    furniture::mark(&mut text_lines, &margin);
    let head = page_head::read(&text_lines, &margin, &known);
    furniture::mark_head(&mut text_lines, &head);
    let layout = Layout::read(&text_lines::running(&text_lines), margin, spacing);
    let hyphens = Hyphens::read(&text_lines, knowledge);
    let mut drafts = join::join(&text_lines, &layout, &hyphens);
    drop_caps::join(&mut drafts);

    let (blocks, titles) = blocks::label(drafts, &known, knowledge);
    let mut doubts = hyphens.doubts;
    doubts.extend(titles.into_iter().map(Doubt::Headline));
    let receipt = receipt::write(&lines, &blocks, parts);
    Cleaned {
        first_line,
        blocks,
        headers,
        form,
        urls: lifted.urls,
        page,
        line_layout: layout.lines,
        receipt,
        warnings: text_quality::warnings(&text, &raw),
        doubts,
    }
}
