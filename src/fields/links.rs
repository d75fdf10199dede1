//! Reads the outlet, the article's own URL and the titles of related stories.

use rustc_hash::FxHashMap;

use crate::clean::bullets::without_bullet;
use crate::clean::export::Label;
use crate::clean::{Cleaned, FoundUrl, Role};
use crate::text::fold::folded;

/// Returns the article's own URL: that of a labelled header, else one that the file labels as its
/// own.
pub fn own_url(cleaned: &Cleaned) -> Option<String> {
    let header = cleaned
        .headers
        .iter()
        .find(|h| h.label == Label::Url && h.value.contains("://"))
        .map(|h| h.value.trim().to_owned());
    header.or_else(|| {
        cleaned
            .urls
            .iter()
            .find(|u| u.is_own)
            .map(|u| u.url.clone())
    })
}

/// Returns the registered domain of the article's own URL, else that of most URLs in the file.
pub fn linked_domain(cleaned: &Cleaned, own_url: Option<&str>) -> Option<String> {
    own_url
        .and_then(outlet_domain)
        .or_else(|| majority_domain(cleaned))
}

/// Returns the domain of more than half of the URLs, without those that text stands before. The
/// address of an archived page counts: the archive prints it.
fn majority_domain(cleaned: &Cleaned) -> Option<String> {
    let mut counts: FxHashMap<String, usize> = FxHashMap::default();
    let mut all = 0;
    let is_counted = |url: &&FoundUrl| !url.is_named || copied_page(&url.url).is_some();
    for found in cleaned.urls.iter().filter(is_counted) {
        if let Some(domain) = outlet_domain(&found.url) {
            all += 1;
            let count = counts.entry(domain).or_default();
            *count += 1;
        }
    }
    // At most one domain has more than half, so the map's order makes no difference.
    counts
        .into_iter()
        .find(|(_, count)| count * 2 > all)
        .map(|(domain, _)| domain)
}

/// Registered domains of sites that show the pages of others: archives, caches, translations.
const COPYING_SITES: &[&str] = &[
    "ampproject.org",
    "archive.fo",
    "archive.is",
    "archive.li",
    "archive.md",
    "archive.org",
    "archive.ph",
    "archive.today",
    "archive.vn",
    "google.com",
    "googleusercontent.com",
    "perma.cc",
    "translate.goog",
];

/// Returns the registered domain of the outlet of a page. For a page in an archive that is the
/// domain of the archived page, if its URL is part of the archive's.
fn outlet_domain(url: &str) -> Option<String> {
    if let Some(copied) = copied_page(url) {
        return registered_domain(copied);
    }
    let domain = registered_domain(url)?;
    if !is_copying_site(&domain) {
        return Some(domain);
    }
    registered_domain(&format!("http://{}", copied_host(url)?))
}

/// Returns the host of the page that a cache or a translation shows, where it is written without a
/// scheme: `…/c/s/www.quay.example/a`, `www-quay-example.translate.goog`.
fn copied_host(url: &str) -> Option<String> {
    let (host, path) = url.split_once("://")?.1.split_once('/')?;
    if let Some(written) = host.strip_suffix(".translate.goog") {
        // A hyphen of the host is doubled.
        let labels: Vec<String> = written
            .split("--")
            .map(|part| part.replace('-', "."))
            .collect();
        return Some(labels.join("-"));
    }
    let is_amp = host.ends_with("ampproject.org") || path.starts_with("amp/");
    let named = path.split('/').find(|part| part.contains('.'))?;
    is_amp.then(|| named.to_owned())
}

fn is_copying_site(domain: &str) -> bool {
    // Hosts below `translate.goog` are registered domains of their own.
    COPYING_SITES.iter().any(|site| {
        domain
            .strip_suffix(site)
            .is_some_and(|below| below.is_empty() || below.ends_with('.'))
    })
}

/// Returns the URL of the page that a page in an archive, a cache or a translation shows.
fn copied_page(url: &str) -> Option<&str> {
    let (_, copied) = url.split_once("://")?;
    let at = copied.find("http://").or_else(|| copied.find("https://"))?;
    is_copying_site(&registered_domain(url)?).then(|| &copied[at..])
}

/// Returns the registered domain by the public suffix list, as in `bbc.co.uk` for
/// `https://www.bbc.co.uk/news`.
pub fn registered_domain(url: &str) -> Option<String> {
    let url = url::Url::parse(url).ok()?;
    let host = url.domain()?.trim_end_matches('.').to_lowercase();
    psl::domain_str(&host).map(str::to_owned)
}

/// Returns the titles of other stories, each once, in the order of the file.
pub fn related(cleaned: &Cleaned) -> Vec<String> {
    let mut seen = rustc_hash::FxHashSet::default();
    let mut titles = Vec::new();
    for block in &cleaned.blocks {
        let Role::Related(start) = block.role else {
            continue;
        };
        let title = block.text.get(start..).unwrap_or(&block.text).trim();
        let title = without_bullet(title).trim();
        let title = if title.contains('[') {
            title
        } else {
            title.trim_end_matches(']')
        };
        if !title.is_empty() && seen.insert(folded(title)) {
            titles.push(title.to_owned());
        }
    }
    titles
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn registered_domains() {
        for (url, expected) in [
            (
                "https://www.themoscowtimes.com/author/x",
                Some("themoscowtimes.com"),
            ),
            ("https://www.bbc.co.uk/news", Some("bbc.co.uk")),
            ("http://127.0.0.1/", None),
            ("not a url", None),
        ] {
            assert_eq!(registered_domain(url).as_deref(), expected, "{url}");
        }
    }

    #[test]
    fn outlets_of_copied_pages() {
        for (url, expected) in [
            (
                "https://www.quayherald.example/a",
                Some("quayherald.example"),
            ),
            ("https://archive.ph/AbC1d", None),
            (
                "https://web.archive.org/web/20210304/https://www.bbc.co.uk/news/1",
                Some("bbc.co.uk"),
            ),
            (
                "https://cdn.ampproject.org/c/s/amp.quay.example/world/glass",
                Some("quay.example"),
            ),
            (
                "https://www.google.com/amp/s/www.quay.example/world/glass",
                Some("quay.example"),
            ),
            (
                "https://www-bbc-co-uk.translate.goog/news/1?_x_tr_sl=en",
                Some("bbc.co.uk"),
            ),
            (
                "https://webcache.googleusercontent.com/search?q=cache:x:https://www.bbc.co.uk/1",
                Some("bbc.co.uk"),
            ),
        ] {
            assert_eq!(outlet_domain(url).as_deref(), expected, "{url}");
        }
    }
}
