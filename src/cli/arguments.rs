//! The words of a query on the command line: an option is one in its exact form alone, and any other
//! word with a hyphen before it excludes.

use std::ffi::{OsStr, OsString};

use clap::Command;
use clap::error::{ContextKind, ContextValue, ErrorKind};

/// The names of the commands whose words make a query.
const WITH_QUERY: [&str; 3] = ["search", "context", "export"];

/// Returns the arguments of a command that takes a query with its words after `--`, so that `-harbour` is a word and not a
/// row of options in one letter. Those of other commands are returned as they are.
pub fn ordered(typed: impl Iterator<Item = OsString>, cli: &Command) -> Vec<OsString> {
    let mut typed = typed.peekable();
    let mut ordered: Vec<OsString> = typed.next().into_iter().collect();
    let mut command = cli;
    while let Some(argument) = typed.next() {
        let is_option = takes_value(cli, &argument).is_some() || argument == "-V";
        let needs_value = takes_value(cli, &argument) == Some(true);
        let with_query = WITH_QUERY.into_iter().find(|&name| argument == name);
        ordered.push(argument);
        if needs_value {
            ordered.extend(typed.next());
        } else if let Some(name) = with_query {
            command = cli.find_subcommand(name).unwrap_or(cli);
            break;
        } else if !is_option {
            // Another command.
            ordered.extend(typed);
            return ordered;
        }
    }
    let mut words = Vec::new();
    while let Some(argument) = typed.next() {
        if argument == "--" {
            words.extend(typed);
            break;
        }
        // Among words, `-h` excludes as any other does; alone it is help.
        if argument == "-h" {
            words.push(argument);
            continue;
        }
        let known = takes_value(command, &argument).or_else(|| takes_value(cli, &argument));
        match known.or(is_unknown_option(&argument).then_some(false)) {
            Some(needs_value) => {
                ordered.push(argument);
                if needs_value {
                    ordered.extend(typed.next());
                }
            }
            None => words.push(argument),
        }
    }
    if words.iter().all(|word| word == "-h") {
        ordered.extend(words);
    } else {
        ordered.push("--".into());
        ordered.extend(words);
    }
    ordered
}

/// Returns whether an argument is an option of a command, and if it is, whether the next argument is its
/// value.
fn takes_value(command: &Command, argument: &OsStr) -> Option<bool> {
    let argument = argument.to_str()?;
    let has_value = |option: &clap::Arg| option.get_action().takes_values();
    if let Some(long) = argument.strip_prefix("--") {
        let (name, value) = long
            .split_once('=')
            .map_or((long, None), |(n, v)| (n, Some(v)));
        let known = command.get_arguments().find(|o| o.get_long() == Some(name));
        return known.map(|option| has_value(option) && value.is_none());
    }
    let short = argument.strip_prefix('-')?;
    let first = short.chars().next()?;
    let rest = &short[first.len_utf8()..];
    if first == 'h' && rest.is_empty() {
        return Some(false);
    }
    let option = command
        .get_arguments()
        .find(|o| o.get_short() == Some(first))?;
    let digits = rest.strip_prefix('=').unwrap_or(rest);
    if rest.is_empty() {
        return Some(has_value(option));
    }
    (has_value(option) && digits.bytes().all(|b| b.is_ascii_digit())).then_some(false)
}

/// Returns whether an argument has the form of an option with two hyphens, which is refused where it is
/// unknown.
fn is_unknown_option(argument: &OsStr) -> bool {
    let name = argument.to_str().and_then(|text| text.strip_prefix("--"));
    name.is_some_and(|name| {
        !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-')
    })
}

/// Returns the query that the words of a command line make. A word with a hyphen before it and spaces
/// inside was quoted in the shell: `-"ferry sale"`.
pub fn query(words: &[String]) -> String {
    let is_quoted = |word: &&String| words.len() > 1 && is_excluded_phrase(word);
    let typed = words.iter().map(|word| match Some(word).filter(is_quoted) {
        Some(phrase) => format!("-\"{}\"", &phrase[1..]),
        None => word.clone(),
    });
    typed.collect::<Vec<_>>().join(" ")
}

fn is_excluded_phrase(word: &str) -> bool {
    word.strip_prefix('-')
        .is_some_and(|words| words.contains(' ') && is_plain(words))
}

/// Returns whether a text is words alone.
fn is_plain(text: &str) -> bool {
    let mut words = text.split(' ');
    words.all(|word| {
        word.starts_with(char::is_alphanumeric) && !word.contains([':', '"', '*', '(', '~'])
    }) && !["AND", "OR", "NOT"]
        .iter()
        .any(|operator| text.contains(operator))
}

/// Returns notes on the words of a command line that were probably meant otherwise. `command` has the
/// options.
pub fn notes(words: &[String], command: &Command) -> Vec<String> {
    let mut notes = Vec::new();
    for word in words {
        if let Some(name) = word.strip_prefix('-')
            && command.get_arguments().any(|o| o.get_long() == Some(name))
        {
            notes.push(format!(
                "-{name} leaves out articles with the word {name}; the option is --{name}"
            ));
        }
        if word == "-h" {
            notes.push(
                "-h leaves out articles with the word h; with no words beside it, -h prints the help"
                    .to_owned(),
            );
        }
        if words.len() > 1 && word.contains(' ') && is_plain(word) {
            notes.push(format!(
                "the shell took the quotes off {word}, so its words were searched one by one; write \
                 '\"{word}\"' for a phrase"
            ));
        }
    }
    notes
}

/// Returns a hint on an unknown option of a search, which may be a word to leave out.
pub fn unknown_option_hint(error: &clap::Error, typed: &[OsString]) -> Option<String> {
    if error.kind() != ErrorKind::UnknownArgument
        || !typed
            .iter()
            .any(|word| WITH_QUERY.iter().any(|name| word == name))
    {
        return None;
    }
    match error.get(ContextKind::InvalidArg) {
        Some(ContextValue::String(option)) => {
            let word = option.trim_start_matches('-');
            Some(format!(
                "to leave out articles with {word}, write -{word} or put the query in quotes"
            ))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::super::Cli;
    use super::*;

    #[test]
    fn puts_words_behind_options() {
        for (typed, expected) in [
            (
                "morgue search ferry -harbour",
                "morgue search -- ferry -harbour",
            ),
            (
                "morgue search -harbour ferry -n 5",
                "morgue search -n 5 -- -harbour ferry",
            ),
            (
                "morgue search ferry -n5 -name",
                "morgue search -n5 -- ferry -name",
            ),
            ("morgue search ferry -h", "morgue search -- ferry -h"),
            ("morgue search -h", "morgue search -h"),
            ("morgue search -n 5 -h", "morgue search -n 5 -h"),
            ("morgue search ferry -help", "morgue search -- ferry -help"),
            (
                "morgue search --json ferry --limit 3",
                "morgue search --json --limit 3 -- ferry",
            ),
            (
                "morgue search --limit=3 -council",
                "morgue search --limit=3 -- -council",
            ),
            (
                "morgue search -- -harbour --json",
                "morgue search -- -harbour --json",
            ),
            (
                "morgue search ferry --sale",
                "morgue search --sale -- ferry",
            ),
            (
                "morgue search --color never ferry -x",
                "morgue search --color never -- ferry -x",
            ),
            (
                "morgue --color never search -x",
                "morgue --color never search -- -x",
            ),
            (
                "morgue search --person Holm -Roos",
                "morgue search --person Holm -- -Roos",
            ),
            ("morgue search ferry – -5", "morgue search -- ferry – -5"),
            ("morgue people -name", "morgue people -name"),
            (
                "morgue export ferry -harbour --format csv",
                "morgue export --format csv -- ferry -harbour",
            ),
            ("morgue --version", "morgue --version"),
            ("morgue search", "morgue search"),
            ("morgue", "morgue"),
        ] {
            let arguments = typed.split(' ').map(OsString::from);
            let ordered = ordered(arguments, &Cli::command());
            let shown: Vec<_> = ordered.iter().map(|word| word.to_string_lossy()).collect();
            assert_eq!(shown.join(" "), expected);
        }
    }

    #[test]
    fn makes_a_query_of_words() {
        for (words, query_of, notes_on) in [
            (
                &["ferry", "-harbour sale"][..],
                "ferry -\"harbour sale\"",
                0,
            ),
            (&["-harbour ferry"], "-harbour ferry", 0),
            (&["harbour master", "ferry"], "harbour master ferry", 1),
            (&["harbour master"], "harbour master", 0),
            (&["ferry", "-json"], "ferry -json", 1),
            (&["ferry", "-h"], "ferry -h", 1),
            (&["ferry", "harbour OR port"], "ferry harbour OR port", 0),
        ] {
            let words: Vec<String> = words.iter().map(|&word| word.to_owned()).collect();
            assert_eq!(query(&words), query_of);
            let cli = Cli::command();
            let search = cli.find_subcommand("search").unwrap();
            assert_eq!(notes(&words, search).len(), notes_on, "{words:?}");
        }
    }
}
