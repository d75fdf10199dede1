//! Changes of the user's decisions on persons: what a change makes of `people.toml`, and writing it.
//!
//! Comments, order and layout of the file stay as they are, except where a line changes.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use tempfile::Builder;
use toml_edit::{Array, ArrayOfTables, DocumentMut, Item, RawString, Table, TableLike, Value};
use xxhash_rust::xxh3::xxh3_64;

use super::decisions::{Decisions, failure, path_of, text_of};
use crate::archive::Archive;
use crate::error::Result;
use crate::people::name;

/// A change of the decisions on two names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Both names are of one person.
    Merge(String, String),
    /// The second name is of somebody else than the first.
    Split(String, String),
}

/// What a change makes of `people.toml`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The file.
    pub path: PathBuf,
    /// Its text; empty if there is no file yet.
    pub before: String,
    /// Its text after the change.
    pub after: String,
    /// A hash of the text before.
    pub hash: String,
}

/// Returns what a change makes of the `people.toml` of an archive. Nothing is written.
///
/// # Errors
///
/// [`Error::Decisions`](crate::Error::Decisions) where the file can't be read or understood, where the
/// change is decided already, and where it can't be made.
pub fn propose(archive: &Archive, change: &Change) -> Result<Edit> {
    let path = file_of(archive)?;
    let text = text_of(&path)?;
    edit_of(path, text, change)
}

/// Returns the path of the `people.toml` of an archive, whether or not there is one.
fn file_of(archive: &Archive) -> Result<PathBuf> {
    let no_parent = || failure(&archive.folder)("the index folder has no parent folder".to_owned());
    path_of(archive)?.ok_or_else(no_parent)
}

/// Returns what a change makes of a `people.toml` with a text, or of none.
fn edit_of(path: PathBuf, text: Option<String>, change: &Change) -> Result<Edit> {
    let hash = hash_of(text.as_deref());
    let before = text.unwrap_or_default();
    let after = edited(&before, change).map_err(failure(&path))?;
    Ok(Edit {
        path,
        before,
        after,
        hash,
    })
}

/// Changes the `people.toml` of an archive. Returns whether it did: a file whose text has another `hash`
/// than that of the [`Edit`] that was shown stays as it is.
///
/// # Errors
///
/// The errors of [`propose`], and [`Error::Decisions`](crate::Error::Decisions) where the file can't be
/// written.
pub fn apply(archive: &Archive, change: &Change, hash: &str) -> Result<bool> {
    // One change at a time, so that none is lost.
    static WRITING: Mutex<()> = Mutex::new(());
    let _writing = WRITING.lock().unwrap_or_else(PoisonError::into_inner);
    let path = file_of(archive)?;
    let text = text_of(&path)?;
    // A file that has changed may be one that can't be read.
    if hash_of(text.as_deref()) != hash {
        return Ok(false);
    }
    let edit = edit_of(path, text, change)?;
    let written = write(&edit.path, &edit.after);
    let unwritten = |error: std::io::Error| format!("this can't be written: {error}");
    written.map_err(unwritten).map_err(failure(&edit.path))?;
    Ok(true)
}

fn hash_of(text: Option<&str>) -> String {
    match text {
        Some(text) => format!("{:016x}", xxh3_64(text.as_bytes())),
        None => "none".to_owned(),
    }
}

/// Writes a file beside its place and renames it, so that it is never half written. A link stays a link,
/// and the mode stays.
fn write(path: &Path, text: &str) -> std::io::Result<()> {
    let known = fs::canonicalize(path).ok();
    let place = known.as_deref().unwrap_or(path);
    let folder = place.parent().unwrap_or_else(|| Path::new("."));
    let mut builder = Builder::new();
    builder.prefix(".people-").suffix(".toml");
    #[cfg(unix)]
    let builder = {
        use std::os::unix::fs::PermissionsExt;
        // As for any new file, the umask takes from these.
        builder.permissions(fs::Permissions::from_mode(0o666))
    };
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(text.as_bytes())?;
    if let Ok(metadata) = fs::metadata(place) {
        file.as_file().set_permissions(metadata.permissions())?;
    }
    file.as_file().sync_all()?;
    file.persist(place).map_err(|error| error.error)?;
    Ok(())
}

/// Returns the text of `people.toml` after a change.
fn edited(before: &str, change: &Change) -> std::result::Result<String, String> {
    let decided = Decisions::parse(before)?;
    let mut document: DocumentMut = before
        .parse()
        .map_err(|error: toml_edit::TomlError| error.message().replace('\n', " "))?;
    let (Change::Merge(first, second) | Change::Split(first, second)) = change;
    let (first, second) = (first.trim(), second.trim());
    let (a, b) = (name::key(first), name::key(second));
    if a.is_empty() || b.is_empty() {
        return Err("a decision needs two names".to_owned());
    }
    if a == b {
        return Err(format!("{first} and {second} are read as the same name"));
    }
    let one = decided.one_with(&a).filter(|_| are_one(&decided, &a, &b));
    match change {
        Change::Merge(..) if one.is_some() && !decided.are_apart(&a, &b) => {
            return Err(format!("{first} and {second} are one person already"));
        }
        Change::Split(..) if one.is_none() && decided.are_apart(&a, &b) => {
            return Err(format!("{first} and {second} are two persons already"));
        }
        Change::Merge(..) => {
            take_out(&mut document, "apart", &a, &b);
            merge(&mut document, first, second);
        }
        Change::Split(..) => {
            take_out(&mut document, "one", &a, &b);
            if !decided.are_apart(&a, &b) {
                add_group(&mut document, "apart", &[first, second]);
            }
        }
    }
    let mut after = document.to_string();
    if before.contains("\r\n") {
        after = after.replace("\r\n", "\n").replace('\n', "\r\n");
    }
    let now = Decisions::parse(&after)?;
    let is_made = match change {
        Change::Merge(..) => are_one(&now, &a, &b) && !now.are_apart(&a, &b),
        Change::Split(..) => !are_one(&now, &a, &b) && now.are_apart(&a, &b),
    };
    match is_made {
        true => Ok(after),
        false => Err(format!(
            "several entries have {first} or {second}; change them in an editor"
        )),
    }
}

fn are_one(decisions: &Decisions, a: &str, b: &str) -> bool {
    let one = decisions.one_with(a);
    one.is_some() && one == decisions.one_with(b)
}

/// Returns the groups of names of a list, `one` or `apart`, however they are written.
fn groups<'d>(document: &'d mut DocumentMut, list: &str) -> Vec<&'d mut dyn TableLike> {
    let mut groups: Vec<&mut dyn TableLike> = Vec::new();
    match document.get_mut(list) {
        Some(Item::ArrayOfTables(tables)) => {
            for table in tables.iter_mut() {
                groups.push(table);
            }
        }
        Some(Item::Value(Value::Array(values))) => {
            for table in values.iter_mut().filter_map(Value::as_inline_table_mut) {
                groups.push(table);
            }
        }
        _ => {}
    }
    groups
}

fn names_mut(group: &mut dyn TableLike) -> Option<&mut Array> {
    group.get_mut("names").and_then(Item::as_array_mut)
}

/// Returns the names of a group, with what it is called.
fn names_of(group: &dyn TableLike) -> Vec<String> {
    let names = group.get("names").and_then(Item::as_array);
    let names = names.into_iter().flat_map(Array::iter);
    let called = group.get("called").and_then(Item::as_value);
    let names = names.chain(called).filter_map(Value::as_str);
    names.map(str::to_owned).collect()
}

fn has(group: &dyn TableLike, key: &str) -> bool {
    names_of(group).iter().any(|own| name::key(own) == key)
}

/// Takes the name of `b` out of every group that has both. A group that is left with less than two names
/// decides nothing and is removed.
fn take_out(document: &mut DocumentMut, list: &str, a: &str, b: &str) {
    let mut emptied = Vec::new();
    for (at, group) in groups(document, list).into_iter().enumerate() {
        if !has(group, a) || !has(group, b) {
            continue;
        }
        if let Some(names) = names_mut(group) {
            remove_name(names, b);
        }
        let called = group.get("called").and_then(Item::as_str);
        if called.is_some_and(|called| name::key(called) == b) {
            group.remove("called");
        }
        let mut keys: Vec<String> = names_of(group).iter().map(|own| name::key(own)).collect();
        keys.sort_unstable();
        keys.dedup();
        if keys.len() < 2 {
            emptied.push(at);
        }
    }
    for at in emptied.into_iter().rev() {
        remove_group(document, list, at);
    }
}

/// Removes a name from a list and keeps the layout of the others.
fn remove_name(names: &mut Array, key: &str) {
    let place = |names: &Array| {
        let mut own = names.iter();
        own.position(|own| own.as_str().is_some_and(|own| name::key(own) == key))
    };
    while let Some(at) = place(names) {
        let removed = names.remove(at);
        if at == 0
            && let (Some(prefix), Some(next)) = (removed.decor().prefix(), names.get_mut(0))
            && !has_comment(next.decor().prefix())
        {
            next.decor_mut().set_prefix(prefix.clone());
        }
    }
}

fn has_comment(text: Option<&RawString>) -> bool {
    text.and_then(RawString::as_str)
        .is_some_and(|text| text.contains('#'))
}

/// Removes a group. The comments on it stay, before what follows.
fn remove_group(document: &mut DocumentMut, list: &str, at: usize) {
    let mut comments = String::new();
    let is_last = match document.get_mut(list) {
        Some(Item::ArrayOfTables(tables)) => {
            if let Some(table) = tables.get(at) {
                comments = comments_of(table);
            }
            tables.remove(at);
            if let Some(next) = tables.get_mut(at)
                && !comments.is_empty()
            {
                let own = next.decor().prefix().and_then(RawString::as_str);
                let own = own.unwrap_or("\n").to_owned();
                next.decor_mut().set_prefix(format!("\n{comments}{own}"));
                comments.clear();
            }
            tables.is_empty()
        }
        Some(Item::Value(Value::Array(values))) => {
            values.remove(at);
            values.is_empty()
        }
        _ => false,
    };
    if is_last {
        document.remove(list);
    }
    if !comments.is_empty() {
        let own = document.trailing().as_str().unwrap_or_default().to_owned();
        document.set_trailing(format!("\n{comments}{own}"));
    }
}

/// Returns the comments before and in a table, each on a line.
fn comments_of(table: &Table) -> String {
    let mut decors = vec![table.decor().clone()];
    for (key, item) in table.iter() {
        decors.extend(table.key(key).map(|key| key.leaf_decor().clone()));
        decors.extend(item.as_value().map(|value| value.decor().clone()));
    }
    let texts = decors
        .iter()
        .flat_map(|decor| [decor.prefix(), decor.suffix()]);
    let lines = texts.filter_map(|text| text?.as_str()).flat_map(str::lines);
    let comments = lines.map(str::trim).filter(|line| line.starts_with('#'));
    comments.map(|comment| format!("{comment}\n")).collect()
}

/// Puts two names into one group of names of a person.
fn merge(document: &mut DocumentMut, first: &str, second: &str) {
    let (a, b) = (name::key(first), name::key(second));
    let mut own = groups(document, "one");
    let place_of =
        |own: &[&mut dyn TableLike], key: &str| own.iter().position(|one| has(*one, key));
    match (place_of(&own, &a), place_of(&own, &b)) {
        (None, None) => add_group(document, "one", &[first, second]),
        (Some(group), None) => add_names(own[group], &[second.to_owned()]),
        (None, Some(group)) => add_names(own[group], &[first.to_owned()]),
        (Some(first), Some(second)) if first != second => {
            let moved = names_of(own[second]);
            let called = own[second].get("called").cloned();
            let group = &mut own[first];
            add_names(*group, &moved);
            if group.get("called").is_none()
                && let Some(called) = called
            {
                group.insert("called", called);
            }
            remove_group(document, "one", second);
        }
        _ => {}
    }
}

/// Adds names to a group, on lines of their own if the names there have such.
fn add_names(group: &mut dyn TableLike, added: &[String]) {
    for added in added {
        let key = name::key(added);
        let Some(names) = names_mut(group) else {
            return;
        };
        let is_own = |own: &Value| own.as_str().is_some_and(|own| name::key(own) == key);
        if names.iter().any(is_own) {
            continue;
        }
        let last = names.len().checked_sub(1).and_then(|at| names.get_mut(at));
        let mut prefix = if last.is_some() { " " } else { "" }.to_owned();
        let mut suffix = String::new();
        if let Some(last) = last {
            let own = last.decor().prefix().and_then(RawString::as_str);
            if let Some((_, indent)) = own.unwrap_or_default().rsplit_once('\n') {
                prefix = format!("\n{indent}");
            }
            let end = last.decor().suffix().and_then(RawString::as_str);
            let end = end.unwrap_or_default();
            // What stands between the last name and the bracket stays there.
            if !end.contains('#') {
                end.clone_into(&mut suffix);
                last.decor_mut().set_suffix("");
            }
        }
        names.push_formatted(Value::from(added.as_str()).decorated(prefix, suffix));
    }
}

/// Adds a group at the end of a list.
fn add_group(document: &mut DocumentMut, list: &str, names: &[&str]) {
    let names: Array = names.iter().copied().collect();
    let is_empty = document.is_empty();
    match document.get_mut(list) {
        Some(Item::Value(Value::Array(groups))) => {
            let mut group = toml_edit::InlineTable::new();
            group.insert("names", Value::Array(names));
            groups.push(group);
        }
        Some(Item::ArrayOfTables(groups)) => groups.push(group_of(names, false)),
        _ => {
            let mut groups = ArrayOfTables::new();
            groups.push(group_of(names, is_empty));
            document.insert(list, Item::ArrayOfTables(groups));
        }
    }
}

fn group_of(names: Array, is_first: bool) -> Table {
    let mut group = Table::new();
    group.insert("names", Item::Value(Value::Array(names)));
    group
        .decor_mut()
        .set_prefix(if is_first { "" } else { "\n" });
    group
}

#[cfg(test)]
mod tests {
    use super::*;

    fn merge(a: &str, b: &str) -> Change {
        Change::Merge(a.to_owned(), b.to_owned())
    }

    fn split(a: &str, b: &str) -> Change {
        Change::Split(a.to_owned(), b.to_owned())
    }

    #[test]
    fn changes_only_what_the_change_needs() {
        for (before, change, after) in [
            (
                "",
                merge("Ada Holm", "Ada Roos"),
                "[[one]]\nnames = [\"Ada Holm\", \"Ada Roos\"]\n",
            ),
            (
                "# Mine.\nnobody = [\"Big Holm\"] # a bell\n",
                split("Ada Holm", "A. Holm"),
                "# Mine.\nnobody = [\"Big Holm\"] # a bell\n\n[[apart]]\nnames = [\"Ada Holm\", \"A. Holm\"]\n",
            ),
            (
                "[[one]]\n# Wed in 1990.\nnames = [\n  \"Ada Holm\", # born so\n  \"Ada Roos\",\n]\ncalled = \"Ada Roos\"\n",
                merge("Ada Holm", "Ada Vink"),
                "[[one]]\n# Wed in 1990.\nnames = [\n  \"Ada Holm\", # born so\n  \"Ada Roos\",\n  \"Ada Vink\",\n]\ncalled = \"Ada Roos\"\n",
            ),
            (
                "[[one]]\nnames = [\"Ada Holm\", \"Ada Roos\", \"Ada Vink\"]\n",
                split("Ada Roos", "Ada Holm"),
                "[[one]]\nnames = [\"Ada Roos\", \"Ada Vink\"]\n\n[[apart]]\nnames = [\"Ada Roos\", \"Ada Holm\"]\n",
            ),
            (
                "# Sure.\n[[apart]]\nnames = [\"Ada Holm\", \"A. Holm\"]\n",
                merge("A. Holm", "Ada Holm"),
                "[[one]]\nnames = [\"A. Holm\", \"Ada Holm\"]\n\n# Sure.\n",
            ),
            (
                "[[one]]\nnames = [\"Ada Holm\", \"Ada Roos\"]\n\n# Of the choir.\n[[one]]\nnames = [\"A. Vink\", \"Ada Vink\"]\ncalled = \"Ada Vink\"\n",
                merge("Ada Holm", "Ada Vink"),
                "[[one]]\nnames = [\"Ada Holm\", \"Ada Roos\", \"A. Vink\", \"Ada Vink\"]\ncalled = \"Ada Vink\"\n\n# Of the choir.\n",
            ),
            (
                "one = [{ names = [\"Ada Holm\", \"Ada Roos\"] }]\r\n",
                merge("Ada Roos", "Ada Vink"),
                "one = [{ names = [\"Ada Holm\", \"Ada Roos\", \"Ada Vink\"] }]\r\n",
            ),
        ] {
            assert_eq!(edited(before, &change).as_deref(), Ok(after), "{before}");
        }
    }

    #[test]
    fn a_merge_can_be_taken_back() {
        let before = "# Mine.\nnobody = [\"Big Holm\"]\n";
        let merged = edited(before, &merge("Ada Holm", "Ada Roos")).unwrap();
        let split = edited(&merged, &split("Ada Holm", "Ada Roos")).unwrap();
        let again = edited(&split, &merge("Ada Holm", "Ada Roos")).unwrap();
        assert!(
            split.starts_with(before) && !split.contains("[[one]]"),
            "{split}"
        );
        assert_eq!(again, merged);
    }

    #[test]
    fn says_what_can_not_be_changed() {
        for (before, change, expected) in [
            ("", merge("Ada Holm", "HOLM, Ada"), "same name"),
            ("", merge("Ada Holm", " "), "needs two names"),
            (
                "[[one]]\nnames = [\"Ada Holm\", \"Ada Roos\"]\n",
                merge("Ada Holm", "Ada Roos"),
                "are one person already",
            ),
            (
                "[[apart]]\nnames = [\"Ada Holm\", \"Ada Roos\"]\n",
                split("Ada Holm", "Ada Roos"),
                "are two persons already",
            ),
            ("nobody = [\n", merge("Ada Holm", "Ada Roos"), "line "),
        ] {
            let error = edited(before, &change).unwrap_err();
            assert!(error.contains(expected), "{before}: {error}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn writes_through_a_link_and_keeps_the_mode() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let (own, link) = (
            folder.path().join("own.toml"),
            folder.path().join("people.toml"),
        );
        fs::write(&own, "a").unwrap();
        fs::set_permissions(&own, fs::Permissions::from_mode(0o640)).unwrap();
        std::os::unix::fs::symlink(&own, &link).unwrap();
        write(&link, "b").unwrap();
        assert_eq!(fs::read_to_string(&own).unwrap(), "b");
        assert_eq!(
            fs::metadata(&own).unwrap().permissions().mode() & 0o777,
            0o640
        );
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    }
}
