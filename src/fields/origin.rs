//! Says where each field of an article was read, and why there, for `morgue extract --why`.
//!
//! The readers of most fields return values alone. Where such a value is printed is looked up here,
//! in the headers and blocks that its reader reads, in the same order.

use super::place::Place;
use super::published::Evidence;
use crate::article::{Article, BlockKind, HeadlineFrom, Origin};
use crate::clean::agencies::agency_named;
use crate::clean::export::Label;
use crate::clean::{Cleaned, LabelledBlock, Role};
use crate::text::fold::folded;

/// Returns the origins of the fields that the article has, in the order of the record.
/// `published` is the evidence for the date of publication.
pub fn origins(cleaned: &Cleaned, article: &Article, published: Option<&Evidence>) -> Vec<Origin> {
    let mut why = Why {
        cleaned,
        article,
        origins: Vec::new(),
    };
    why.headline();
    why.standfirst();
    for name in &article.byline {
        why.credit("byline", name, "names a writer");
    }
    for name in &article.contributors {
        why.credit("contributors", name, "credits a contributor");
    }
    why.agency();
    if article.dateline.is_some() {
        why.add("dateline", why.dateline(), "opens the text");
    }
    if let Some(evidence) = published {
        let place = match evidence.place {
            Place::Dateline => why.dateline(),
            place => Some(place),
        };
        why.add("published", place, evidence.trust.reason());
        if let Some(last) = why.origins.last_mut() {
            last.text.clone_from(&evidence.text);
        }
    }
    why.source();
    for (field, label, value) in [
        ("section", Label::Section, &article.section),
        ("edition", Label::Edition, &article.edition),
        ("page", Label::Page, &article.page),
    ] {
        if let Some(value) = value {
            why.labelled_or_printed(field, label, value);
        }
    }
    if article.url.is_some() {
        why.add("url", Some(Place::OwnUrl), "labelled as the article's own");
    }
    why.origins
}

/// The origins of one article, as they are found.
struct Why<'a> {
    cleaned: &'a Cleaned,
    article: &'a Article,
    origins: Vec<Origin>,
}

impl Why<'_> {
    /// Adds an origin. Without a place the value was put together from several.
    fn add(&mut self, field: &str, place: Option<Place>, reason: &str) {
        let (line, text) = place.map_or((None, ""), |place| self.line_and_text(place));
        let origin = Origin {
            field: field.to_owned(),
            line,
            text: text.to_owned(),
            reason: reason.to_owned(),
        };
        if !self.origins.contains(&origin) {
            self.origins.push(origin);
        }
    }

    /// Returns the number of the line at a place, and the text there.
    fn line_and_text(&self, place: Place) -> (Option<u32>, &str) {
        let cleaned = self.cleaned;
        let number = |line: usize| {
            let line = u32::try_from(line).ok()?;
            cleaned.first_line.checked_add(line)
        };
        match place {
            Place::Block(i) => {
                let block = cleaned.blocks.get(i);
                let line = block.and_then(|block| block.lines.first());
                (
                    line.and_then(|line| number(*line)),
                    block.map_or("", |block| opening(&block.text)),
                )
            }
            Place::Header(i) => {
                let header = cleaned.headers.get(i);
                (
                    header.and_then(|header| number(header.lines.start)),
                    header.map_or("", |header| opening(&header.value)),
                )
            }
            Place::Url(i) => {
                let found = cleaned.urls.get(i);
                (
                    found.and_then(|found| number(found.line)),
                    found.map_or("", |found| opening(&found.url)),
                )
            }
            Place::OwnUrl => {
                let url = self.article.url.as_deref().unwrap_or_default();
                let found = cleaned.urls.iter().find(|found| found.url == url);
                let header = cleaned.headers.iter().find(|h| h.value.trim() == url);
                let line = header
                    .map(|header| header.lines.start)
                    .or(found.map(|found| found.line));
                (line.and_then(number), url)
            }
            Place::Dateline => (None, ""),
            Place::PageEdge => (None, cleaned.page.title.as_deref().unwrap_or_default()),
        }
    }

    fn headline(&mut self) {
        let Some(headline) = &self.article.headline else {
            return;
        };
        match self.article.headline_from {
            Some(HeadlineFrom::Header) => {
                let place = self.header(Label::Headline, headline);
                self.add("headline", place, "in a labelled header");
            }
            Some(HeadlineFrom::PrintHeader) => {
                let reason = "the title that a browser printed on the page";
                self.add("headline", Some(Place::PageEdge), reason);
            }
            _ => {
                let Some(i) = self.block(|block| block.role == Role::Headline) else {
                    return self.add("headline", None, "above the text");
                };
                let is_first = self.cleaned.blocks[..i]
                    .iter()
                    .all(|block| block.role.kind() == BlockKind::Boilerplate);
                let mut reason = match is_first {
                    true => "first line of the text",
                    false => "the headline among the lines above the text",
                }
                .to_owned();
                let title = self.cleaned.page.title.as_deref().map(folded);
                if title.is_some_and(|title| title.starts_with(&folded(headline))) {
                    reason.push_str(", repeated in the page title");
                }
                self.add("headline", Some(Place::Block(i)), &reason);
            }
        }
    }

    fn standfirst(&mut self) {
        if let Some(i) = self.block(|block| block.role == Role::Standfirst) {
            let reason = "between the headline and the text";
            self.add("standfirst", Some(Place::Block(i)), reason);
        }
    }

    /// Adds the origin of a name: a labelled header, a line above or below the text, or the URL of
    /// an author's page.
    fn credit(&mut self, field: &str, name: &str, reason: &str) {
        if let Some(place) = self.header(Label::Byline, name) {
            return self.add(field, Some(place), "in a labelled header");
        }
        let has_name = |block: &LabelledBlock| has_words(&block.text, name);
        let place = self
            .block(|block| block.role == Role::Byline && has_name(block))
            .or_else(|| self.block(|block| !block.role.kind().is_body() && has_name(block)))
            .or_else(|| self.block(has_name));
        match place {
            Some(i) => self.add(field, Some(Place::Block(i)), reason),
            None => self.author_page(field, name),
        }
    }

    /// Adds the URL of an author's page as the origin of a name.
    fn author_page(&mut self, field: &str, name: &str) {
        let page = self.cleaned.urls.iter().position(|found| {
            let url = found.url.to_lowercase();
            name.to_lowercase()
                .split(' ')
                .all(|word| url.contains(word))
        });
        let reason = "in the address of the writer's page";
        self.add(field, page.map(Place::Url), reason);
    }

    fn agency(&mut self) {
        let Some(agency) = &self.article.agency else {
            return;
        };
        let names_it = |text: &str| {
            let mut parts = text.split(['(', ')', ',', ';', '/', '|', '–', '—']);
            text.contains(agency.as_str())
                || parts.any(|part| agency_named(part.trim()).as_ref() == Some(agency))
        };
        let credit = self.block(|block| block.role == Role::Byline && names_it(&block.text));
        let text = self.block(|block| block.role == Role::Paragraph);
        let text = text.filter(|&i| names_it(opening(&self.cleaned.blocks[i].text)));
        let sign_off = self.block(|block| block.role == Role::SignOff && names_it(&block.text));
        let (block, reason) = match (credit, text, sign_off) {
            (Some(i), ..) => (i, "in the credit above the text"),
            (_, Some(i), _) => (i, "in the dateline"),
            (.., Some(i)) => (i, "signs the text"),
            _ => {
                return match self.header(Label::Byline, agency) {
                    Some(place) => self.add("agency", Some(place), "in a labelled header"),
                    None => self.author_page("agency", agency),
                };
            }
        };
        self.add("agency", Some(Place::Block(block)), reason);
    }

    /// Returns the place of the dateline.
    fn dateline(&self) -> Option<Place> {
        let place = self.article.dateline.as_ref()?.place.as_deref();
        self.header(Label::Dateline, place.unwrap_or_default())
            .or_else(|| {
                let i = self.block(|block| block.role == Role::Paragraph)?;
                Some(Place::Block(i))
            })
    }

    fn source(&mut self) {
        let Some(source) = &self.article.source else {
            return;
        };
        let has_it = |url: &str| url.to_lowercase().contains(&source.to_lowercase());
        if let Some(place) = self.header(Label::Source, source) {
            self.add("source", Some(place), "in a labelled header");
        } else if self.article.url.as_deref().is_some_and(has_it) {
            self.add(
                "source",
                Some(Place::OwnUrl),
                "the domain of the article's own URL",
            );
        } else if let Some(place) = self.printed(source) {
            self.add("source", Some(place), "printed beside the article");
        } else {
            let url = self
                .cleaned
                .urls
                .iter()
                .position(|found| has_it(&found.url));
            let reason = "the domain of most URLs in the file";
            self.add("source", url.map(Place::Url), reason);
        }
    }

    fn labelled_or_printed(&mut self, field: &str, label: Label, value: &str) {
        match self.header(label, value) {
            Some(place) => self.add(field, Some(place), "in a labelled header"),
            None => self.add(field, self.printed(value), "printed beside the article"),
        }
    }

    /// Returns the first header with a label whose value has the words of a text.
    fn header(&self, label: Label, text: &str) -> Option<Place> {
        let i = self
            .cleaned
            .headers
            .iter()
            .position(|header| header.label == label && has_words(&header.value, text))?;
        Some(Place::Header(i))
    }

    /// Returns the first header, or block outside the body, that has a text.
    fn printed(&self, text: &str) -> Option<Place> {
        let key = folded(text);
        let mut headers = self.cleaned.headers.iter();
        let header = headers.position(|header| folded(&header.value).contains(&key));
        header.map(Place::Header).or_else(|| {
            let has_it = |block: &LabelledBlock| {
                !block.role.kind().is_body() && folded(&block.text).contains(&key)
            };
            Some(Place::Block(self.block(has_it)?))
        })
    }

    /// Returns the index of the first block that satisfies a condition.
    fn block(&self, is_it: impl Fn(&LabelledBlock) -> bool) -> Option<usize> {
        self.cleaned.blocks.iter().position(is_it)
    }
}

/// Returns whether a text has all words of a value, in any order: names may be inverted.
fn has_words(text: &str, value: &str) -> bool {
    let text = folded(text);
    folded(value)
        .split(' ')
        .all(|word| text.split(' ').any(|other| other == word))
}

/// The most characters of a line that an origin shows.
const LONGEST: usize = 100;

/// Returns the beginning of a text.
fn opening(text: &str) -> &str {
    let end = text.char_indices().nth(LONGEST);
    end.map_or(text, |(end, _)| &text[..end])
}

#[cfg(test)]
mod tests {
    use crate::clean::{Knowledge, clean};
    use crate::fields::field_with_origins;

    /// Returns the origins of a text's fields, each as `field line reason`.
    fn origins(text: &str) -> Vec<String> {
        let nothing = Knowledge::default();
        let article = field_with_origins("a.txt", 0, clean(text, 1, &nothing), &nothing);
        let shown = |origin: &crate::article::Origin| {
            let line = origin.line.map_or("-".to_owned(), |line| line.to_string());
            format!("{} {line} {}", origin.field, origin.reason)
        };
        article.why.iter().map(shown).collect()
    }

    #[test]
    fn fields_say_where_they_were_read() {
        assert_eq!(
            origins(
                "Ferry Runs Again After the Storm\n\nBy Edda Lund and Iver Brandt\n30 July 2031\n\n\
                 HALDEN, July 29 (Reuters) - The ferry to Halden Island ran again on Monday, two weeks \
                 after the storm.\n\nNobody had been hurt, the harbour master said.\n"
            ),
            [
                "headline 1 first line of the text",
                "byline 3 names a writer",
                "agency 6 in the dateline",
                "dateline 6 opens the text",
                "published 4 beside the byline",
            ]
        );
        assert_eq!(
            origins(
                "Title: Ferry runs again\nAuthor: Lund, Edda\nDate: 2031-07-30\nSource: Halden Herald\n\
                 URL: https://www.herald.example/ferry\n\nThe ferry to Halden Island ran again on Monday.\n"
            )
            .iter()
            .filter(|origin| !origin.starts_with("source"))
            .collect::<Vec<_>>(),
            [
                "headline 1 in a labelled header",
                "byline 2 in a labelled header",
                "published 3 in a labelled header",
                "url 5 labelled as the article's own",
            ]
        );
        assert_eq!(
            origins("The ferry ran again on Monday, and nobody was hurt, they said.\n"),
            Vec::<String>::new()
        );
    }
}
