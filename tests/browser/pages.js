// Every kind of page of the reading room. A new page needs a line here: all tests of accessibility and of
// narrow screens go through this list. `{path}` stands for the id of the article of a file of the sample corpus.

export const PAGES = [
  ["the first page", "/"],
  ["a result", "/search?q=harbour+council"],
  ["a result with a filter", "/search?q=person%3A%22Anna+Thorne%22+date%3A2018+-ferry"],
  ["a long result", "/search?q=words%3E0&copies=1&page=2"],
  ["a result without an article", "/search?q=zeppelinfahrt"],
  ["a query with an error", "/search?q=harbour+AND+%28ferry"],
  ["an article", "/article/{prints/breakwater.txt}?q=breakwater+council"],
  ["an article as filed", "/article/{prints/breakwater.txt}?view=filed"],
  ["an article side by side", "/article/{prints/breakwater.txt}?q=council&view=both"],
  ["an article's copies", "/article/{prints/ferry-sale.txt}?view=copies"],
  ["articles like one", "/article/{prints/breakwater.txt}?view=similar"],
  ["an article in French", "/article/{databases/europresse.txt}"],
  ["an article with a warning", "/article/{old/two-columns.txt}"],
  ["a person", "/person?name=Anna+Thorne"],
  ["the persons", "/person"],
  ["a person who is not there", "/person?name=Zebulon+Quist"],
  ["browsing", "/browse"],
  ["browsing a year", "/browse?in=2018"],
  ["an article that is not there", "/article/000000000000"],
  ["a page that is not there", "/nowhere"],
];
