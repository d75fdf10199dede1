//! Reads the fields of an article from its blocks and headers: headline, byline, dateline, dates
//! with their provenance, source, URLs, related stories.

mod byline;
mod dateline;
pub mod dates;
mod headline;
mod language;
mod links;
mod published;

use crate::article::{Article, Block, SCHEMA};
use crate::clean::labels::agency_named;
use crate::clean::text::word_count;
use crate::clean::{Cleaned, Role};

/// Fields one cleaned article. Its persons are left to the next stage.
pub fn field(path: &str, part: u32, cleaned: Cleaned) -> Article {
    let headline = headline::read(&cleaned);
    let byline = byline::read(&cleaned);
    let opening = cleaned
        .blocks
        .iter()
        .find(|b| b.role == Role::Paragraph)
        .and_then(|b| dateline::read(&b.text));
    let agency = byline
        .agency
        .or_else(|| opening.as_ref().and_then(|o| o.agency).map(str::to_owned))
        .or_else(|| signing_agency(&cleaned));
    let url = links::own_url(&cleaned);
    let source = links::source(&cleaned, url.as_deref());
    let related = links::related(&cleaned);
    let dates = published::read(&cleaned, url.as_deref(), opening.as_ref());

    let blocks: Vec<Block> = cleaned
        .blocks
        .into_iter()
        .filter(|b| b.role.kind().is_body() && !b.text.is_empty())
        .map(|b| Block {
            kind: b.role.kind(),
            text: b.text,
        })
        .collect();
    let words = blocks.iter().map(|b| word_count(&b.text)).sum::<usize>();
    let (headline, headline_from) = headline.unzip();
    let (published, published_from) = dates.published.unzip();
    let mut warnings = cleaned.warnings;
    warnings.extend(dates.warnings);
    Article {
        schema: SCHEMA,
        id: Article::id_of(path, part),
        path: path.to_owned(),
        part,
        headline,
        headline_from,
        byline: byline.names,
        agency,
        dateline: dates.dateline,
        published,
        published_from,
        dates: dates.found,
        source,
        url,
        urls: cleaned.urls.into_iter().map(|u| u.url).collect(),
        related,
        language: language_of(&blocks),
        blocks,
        people: Vec::new(),
        receipt: cleaned.receipt,
        words: u32::try_from(words).unwrap_or(u32::MAX),
        warnings,
    }
}

/// Returns the agency that the text is signed with at its end.
fn signing_agency(cleaned: &Cleaned) -> Option<String> {
    let sign_off = cleaned.blocks.iter().rfind(|b| b.role == Role::SignOff)?;
    let bare = sign_off.text.trim_matches(|c: char| !c.is_alphanumeric());
    agency_named(bare).map(str::to_owned)
}

/// The most bytes of the body that its language is told from.
const LANGUAGE_SAMPLE: usize = 500;

fn language_of(blocks: &[Block]) -> Option<String> {
    let mut sample = String::new();
    for block in blocks {
        let room = LANGUAGE_SAMPLE.saturating_sub(sample.len());
        let end = (0..=room.min(block.text.len()))
            .rev()
            .find(|&i| block.text.is_char_boundary(i))?;
        sample.push_str(&block.text[..end]);
        sample.push(' ');
        if sample.len() >= LANGUAGE_SAMPLE {
            break;
        }
    }
    language::of(&sample)
}
