//! Reads the fields of an article from its blocks and headers: headline, byline, dateline, dates
//! with their provenance, outlet, URLs, related stories.

mod byline;
mod dateline;
mod headline;
pub mod language;
mod links;
mod origin;
mod outlet;
mod place;
mod published;
mod subject;

use published::Evidence;

use crate::article::{self, Article, Block, Doubt, SCHEMA};
use crate::clean::agencies::agency_named;
use crate::clean::export::Label;
use crate::clean::text_quality::warning_on_removed;
use crate::clean::{Cleaned, Knowledge, LabelledBlock, Role};
use crate::text::words::word_count;

/// Returns whether an article has no text, or fewer words of text than were taken out of it. It carries a
/// warning then.
pub fn is_mostly_removed(article: &Article) -> bool {
    warning_on_removed(article.words as usize, &article.receipt).is_some()
}

/// Returns the article of a cleaned text, with what is known from the rest of the archive. Its
/// persons are added by the next stage.
pub fn field(path: &str, part: u32, cleaned: Cleaned, knowledge: &Knowledge) -> Article {
    read(path, part, cleaned, knowledge).0
}

/// Returns the article of a cleaned text as [`field`] does, with the origins of its fields.
pub fn field_with_origins(
    path: &str,
    part: u32,
    cleaned: Cleaned,
    knowledge: &Knowledge,
) -> Article {
    let (mut article, evidence) = read(path, part, cleaned.clone(), knowledge);
    article.why = origin::origins(&cleaned, &article, evidence.as_ref());
    article
}

/// Returns the article, and the evidence for its date of publication.
fn read(
    path: &str,
    part: u32,
    cleaned: Cleaned,
    knowledge: &Knowledge,
) -> (Article, Option<Evidence>) {
    let headline = headline::read(&cleaned);
    let mut byline = byline::read(&cleaned);
    let dateline = dateline::read(&cleaned);
    let agency = byline
        .agency
        .or_else(|| dateline.as_ref().and_then(|d| d.agency.clone()))
        .or_else(|| signing_agency(&cleaned));
    let url = links::own_url(&cleaned);
    let outlet = outlet::read(&cleaned, url.as_deref(), byline.outlet.as_deref());
    byline
        .names
        .retain(|name| !outlet::is_own_name(&outlet, name));
    let key = outlet.domain.clone().or_else(|| outlet.name.clone());
    let related = links::related(&cleaned);
    let header = |label: Label| {
        let header = cleaned.headers.iter().find(|h| h.label == label)?;
        Some(header.value.clone())
    };
    let (section, edition, page) = (
        header(Label::Section),
        header(Label::Edition),
        header(Label::Page),
    );
    let day_first = key
        .as_ref()
        .and_then(|outlet| knowledge.day_first.get(outlet).copied());
    let sample = language_sample(&cleaned.blocks);
    let own_language = language::of(&sample);
    let is_in_doubt = own_language.is_none() && key.is_some() && !sample.is_empty();
    let language = own_language.or_else(|| {
        let outlets = knowledge.languages.get(key.as_ref()?);
        outlets
            .filter(|code| language::may_be(&sample, code))
            .cloned()
    });
    // Of the languages of newspapers, only English has the month first anywhere.
    let is_foreign = language.as_ref().is_some_and(|language| language != "en");
    let day_first = day_first.or(is_foreign.then_some(true));
    let dates = published::read(&cleaned, url.as_deref(), dateline.as_ref(), day_first);
    let mut doubts = cleaned.doubts;
    if is_in_doubt {
        doubts.extend(key.clone().map(Doubt::Language));
    }
    if dates.is_in_doubt {
        doubts.extend(key.map(Doubt::DayFirst));
    }

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
    warnings.extend(warning_on_removed(words, &cleaned.receipt));
    warnings.extend(dates.warnings);
    let article = Article {
        schema: SCHEMA,
        id: Article::id_of(path, part),
        path: path.to_owned(),
        part,
        headline,
        headline_from,
        byline: byline.names,
        contributors: byline.contributors,
        agency,
        dateline: dates.dateline,
        published,
        published_from,
        dates: dates.found,
        source: outlet.name.or_else(|| outlet.domain.clone()),
        source_domain: outlet.domain,
        section,
        edition,
        page: page.or(outlet.page),
        url,
        urls: cleaned.urls.into_iter().map(|u| u.url).collect(),
        related,
        line_layout: cleaned.line_layout,
        language,
        blocks,
        people: Vec::new(),
        receipt: cleaned.receipt,
        words: u32::try_from(words).unwrap_or(u32::MAX),
        warnings,
        why: Vec::new(),
        evidence: article::Evidence {
            settled: doubts
                .iter()
                .filter_map(|doubt| Some((doubt.clone(), knowledge.answer(doubt)?)))
                .collect(),
            doubts,
            day_first: dates.day_first,
            other_names: Vec::new(),
            things: Vec::new(),
        },
    };
    (article, dates.evidence)
}

/// Returns the agency in the sign-off below the text.
fn signing_agency(cleaned: &Cleaned) -> Option<String> {
    let sign_off = cleaned.blocks.iter().rfind(|b| b.role == Role::SignOff)?;
    let bare = sign_off.text.trim_matches(|c: char| !c.is_alphanumeric());
    agency_named(bare)
}

/// The most bytes of the body from which its language is detected.
const LANGUAGE_SAMPLE: usize = 500;

fn language_sample(blocks: &[LabelledBlock]) -> String {
    let mut sample = String::new();
    for block in blocks.iter().filter(|block| block.role.kind().is_body()) {
        let room = LANGUAGE_SAMPLE.saturating_sub(sample.len());
        sample.push_str(&block.text[..block.text.floor_char_boundary(room)]);
        sample.push(' ');
        if sample.len() >= LANGUAGE_SAMPLE {
            break;
        }
    }
    sample
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{BlockKind, DateKind, HeadlineFrom, LineLayout, RemovedKind};
    use crate::clean::clean;

    fn fielded(text: &str) -> Article {
        let nothing = Knowledge::default();
        field("a.txt", 0, clean(text, 1, &nothing), &nothing)
    }

    fn texts(article: &Article, kind: BlockKind) -> Vec<&str> {
        article
            .blocks
            .iter()
            .filter(|b| b.kind == kind)
            .map(|b| b.text.as_str())
            .collect()
    }

    /// A printed page as an extractor writes it: its links at the seam between two pages, other
    /// stories between the paragraphs, the headline a picture.
    const PRINTED: &str = "\
 Harbour engineer Edda Lund met the island council in Halden on Monday with plans for a new
landing stage, part of an effort to bring the ferry back before the summer.

Related article: Storm Tears Away the Landing Stage, and With It the Only Ferry

The council heard that Lund had discussed the costs with Iver Brandt, the deputy head of Halden's

https://www.haldenherald.example/author/reuters
https://www.haldenherald.example/2031/07/16/storm-tears-away-the-landing-stage
https://www.haldenherald.example/2031/07/16/storm-tears-away-the-landing-stage


Harbour Board.

Costs unclear

The new stage, if it is built, is expected to cost more than the ferry itself, and the mayor has
 promised that no one will pay for it who does not use it, whatever that may turn out to mean for
those who live on the mainland.

Related article: Mayor's Love Affair With Concrete Reaches Its Peak

Brandt did not answer questions.
";

    #[test]
    fn a_printed_page_without_a_headline() {
        let article = fielded(PRINTED);
        assert_eq!(article.headline, None);
        assert_eq!(article.byline, Vec::<String>::new());
        assert_eq!(article.agency.as_deref(), Some("Reuters"));
        assert_eq!(article.source.as_deref(), Some("haldenherald.example"));
        assert_eq!(article.published, None);
        assert_eq!(article.dates.len(), 1);
        assert_eq!(article.dates[0].kind, DateKind::RelatedUrl);
        assert_eq!(article.dates[0].date.to_string(), "2031-07-16");
        assert_eq!(article.urls.len(), 2);
        assert_eq!(article.related.len(), 2);
        assert_eq!(texts(&article, BlockKind::Subhead), ["Costs unclear"]);
        let paragraphs = texts(&article, BlockKind::Paragraph);
        assert_eq!(paragraphs.len(), 4);
        assert!(paragraphs[1].ends_with("the deputy head of Halden's Harbour Board."));
        assert!(paragraphs[2].contains("the mayor has promised that"));
        assert!(paragraphs.iter().all(|p| !p.contains("Love Affair")));
        let receipt: Vec<_> = article.receipt.iter().map(|r| (r.line, r.kind)).collect();
        assert_eq!(
            receipt,
            [
                (4, RemovedKind::Related),
                (8, RemovedKind::Url),
                (9, RemovedKind::Url),
                (10, RemovedKind::Url),
                (21, RemovedKind::Related),
            ]
        );
    }

    #[test]
    fn a_page_of_a_web_site() {
        let article = fielded(
            "Home News Sport Opinion Sign in\n\
             Halden Herald > News\n\
             Ferry to the Island Runs Again After\n\
             Two Weeks of Repairs\n\
             BY EDDA LUND AND IVER BRANDT\n\
             Published 12:00 EST, 30 July 2031\n\
             Updated August 2, 2031\n\
             Share Facebook Twitter Email\n\
             Photo: Jo Smith / AP\n\
             HALDEN, July 29 (Reuters) - The ferry to Halden Island ran again on Monday, two weeks after\n\
             the storm that tore its landing stage away, and the first passengers were cheered.\n\
             Advertisement\n\
             Nobody had been hurt, the harbour master said, and nobody would be, if the new stage were\n\
             used as it should be.\n\
             More from Halden Herald\n\
             Mayor Blames the Wind for Everything\n\
             Engineers Blame the Mayor\n\
             © 2031 Halden Herald. All rights reserved.\n",
        );
        assert_eq!(
            article.headline.as_deref(),
            Some("Ferry to the Island Runs Again After Two Weeks of Repairs")
        );
        assert_eq!(article.headline_from, Some(HeadlineFrom::FirstLine));
        assert_eq!(article.byline, ["Edda Lund", "Iver Brandt"]);
        assert_eq!(article.agency.as_deref(), Some("Reuters"));
        assert_eq!(
            article.published.map(|d| d.to_string()).as_deref(),
            Some("2031-07-30")
        );
        assert_eq!(article.published_from, Some(DateKind::Byline));
        let dateline = article.dateline.as_ref().expect("a dateline");
        assert_eq!(dateline.place.as_deref(), Some("HALDEN"));
        assert_eq!(
            dateline.date.map(|d| d.to_string()).as_deref(),
            Some("2031-07-29")
        );
        assert_eq!(
            article.related,
            [
                "Mayor Blames the Wind for Everything",
                "Engineers Blame the Mayor"
            ]
        );
        assert_eq!(article.blocks.len(), 2, "{:?}", article.blocks);
        assert!(article.blocks[1].text.ends_with("used as it should be."));
    }

    #[test]
    fn short_paragraphs_that_begin_with_an_indent() {
        let article = fielded(
            "\tHALDEN, July 29 (Northwire) - At least forty people have left the\nisland since the storm, \
             officials said.\n\tThe ferry will not run before the stage is mended, and that may take \
             the\nsummer.\n\t\"We are sending boats,\" the mayor said.\n",
        );
        assert_eq!(article.line_layout, LineLayout::Indented);
        assert_eq!(texts(&article, BlockKind::Paragraph).len(), 3);
    }

    #[test]
    fn a_link_that_the_text_names_is_no_outlet() {
        let links = |line: &str| {
            let text = format!("The ferry ran again on Monday, and nobody was hurt.\n\n{line}\n");
            fielded(&text).source
        };
        let url = "http://ferry.example/timetable";
        assert_eq!(links(&format!("Ferry workers: {url}")), None);
        assert_eq!(links(&format!("The timetable is at {url} for now.")), None);
        assert_eq!(links(url).as_deref(), Some("ferry.example"));
    }

    #[test]
    fn outside_english_the_day_stands_first() {
        let published = |text: &str| fielded(text).published.map(|date| date.to_string());
        let spanish = "El puente viejo vuelve a abrir\n\nPublicado el 03/04/2018\n\nEl puente viejo de Santa \
                       Olalla volvió a abrirse este lunes tras nueve meses de obras que han costado cuatro \
                       millones, según la alcaldesa, que cortó la cinta bajo la lluvia.\n";
        let english = "The old bridge opens again\n\nPublished 03/04/2018\n\nThe old bridge of Halden \
                       opened again on Monday after nine months of works that have cost four million, said \
                       the mayor, who cut the ribbon in the rain with the children of the school.\n";
        assert_eq!(published(spanish).as_deref(), Some("2018-04-03"));
        assert_eq!(published(english).as_deref(), Some("2018"));
    }

    #[test]
    fn an_empty_text_has_no_fields() {
        for text in ["", "\n\n", " \u{c} "] {
            let article = fielded(text);
            assert!(
                article.blocks.is_empty() && article.receipt.is_empty(),
                "{text:?}"
            );
            assert_eq!((article.headline, article.language), (None, None));
        }
    }
}
