//! The counts of a whole result.

use super::{request, small};
use crate::search::Request;
use crate::search::counts::{Counts, Tally};

#[test]
fn counts_the_whole_result() {
    let small = small();
    let counted = |query: &str| {
        let request = Request {
            counts: true,
            limit: 0,
            ..request(query)
        };
        small.ask(&request).unwrap().counts.unwrap()
    };
    let pairs = |tallies: &[Tally]| -> Vec<String> {
        let tallies = tallies.iter();
        tallies
            .map(|tally| format!("{} {}", tally.name, tally.articles))
            .collect()
    };
    // The removed article and the file without an article are not counted.
    let all = counted("bridge OR tariff OR watergate");
    let years: Vec<_> = all.years.iter().map(|(year, n)| (&**year, *n)).collect();
    assert_eq!(years, [("2018", 1), ("2019", 1), ("2020", 1)]);
    // The article of 2020 has no month.
    let months: Vec<_> = all.months.iter().map(|(month, n)| (&**month, *n)).collect();
    assert_eq!(months, [("2018-06", 1), ("2019-03", 1)]);
    assert_eq!(all.undated, 1);
    assert_eq!(
        pairs(&all.sources),
        ["Valley News 1", "thelarkfieldtimes.com 1"]
    );
    assert_eq!(pairs(&all.bylines), ["Ann Writer 1"]);
    assert_eq!(
        pairs(&all.people),
        ["Banks 1", "Mara O'Brien 1", "Tom Banks 1"]
    );
    let one = counted("bridge -flood date:2018");
    assert_eq!(pairs(&one.people), ["Mara O'Brien 1"]);
    assert_eq!(one.undated, 0);
    let none = counted("zzz");
    assert_eq!(none, Counts::default());
    assert_eq!(small.ask(&request("bridge")).unwrap().counts, None);
}
