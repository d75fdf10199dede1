//! The floor plan of ARCHITECTURE.md holds: no file imports from a floor above its own, and no files
//! import each other in a circle.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// A module, by its path below the crate: `["archive", "writer"]`.
type Module = Vec<String>;

/// The modules of the library and of the binary, with the modules that each imports.
type Imports = BTreeMap<Module, BTreeSet<Module>>;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Returns the files of a folder and of those below it that end in `.rs`.
fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

fn module_of(file: &Path) -> Module {
    let below = file.strip_prefix(root().join("src")).unwrap();
    let mut module: Module = below
        .with_extension("")
        .iter()
        .map(|name| name.to_str().unwrap().to_owned())
        .collect();
    if module.last().is_some_and(|name| name == "mod") {
        module.pop();
    }
    module
}

/// Returns the text of a file without comments, texts in quotes, and tests.
fn code_of(text: &str) -> String {
    let mut code = String::new();
    let mut is_test = false;
    for line in text.lines() {
        match line.trim() {
            "#[cfg(test)]" => is_test = true,
            _ if is_test && line.starts_with("mod ") && line.ends_with('{') => break,
            trimmed if trimmed.starts_with("//") => {}
            _ if is_test => is_test = false,
            _ => {
                let unquoted: Vec<&str> = line.split('"').step_by(2).collect();
                code.push_str(&unquoted.join("\"\""));
                code.push('\n');
            }
        }
    }
    code
}

/// Returns the modules that are compiled for tests alone.
fn test_modules(texts: &BTreeMap<Module, String>) -> BTreeSet<Module> {
    let mut found = BTreeSet::new();
    for (module, text) in texts {
        let lines: Vec<&str> = text.lines().collect();
        for pair in lines.windows(2) {
            if pair[0] == "#[cfg(test)]"
                && let Some(name) = pair[1].strip_prefix("mod ")
                && let Some(name) = name.strip_suffix(';')
            {
                let mut child = module.clone();
                child.push(name.to_owned());
                found.insert(child);
            }
        }
    }
    found
}

/// Returns the paths that a `use` tree names, such as `crate::a::b` and `crate::a::c` for
/// `crate::a::{b, c}`.
fn leaves(tree: &str) -> Vec<String> {
    let tree = tree.trim();
    let Some(open) = tree.find('{') else {
        let path = tree.split(" as ").next().unwrap_or_default();
        return vec![path.trim().to_owned()];
    };
    let (prefix, inside) = (&tree[..open], &tree[open + 1..tree.rfind('}').unwrap()]);
    let (mut found, mut depth, mut start) = (Vec::new(), 0, 0);
    for (at, c) in inside.char_indices().chain([(inside.len(), ',')]) {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                let part = inside[start..at].trim();
                if !part.is_empty() {
                    found.extend(leaves(part).iter().map(|leaf| format!("{prefix}{leaf}")));
                }
                start = at + 1;
            }
            _ => {}
        }
    }
    found
}

/// Returns every path in the code of a module that leads to a module of the crate.
fn paths_in(code: &str) -> Vec<String> {
    let is_path = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
    let mut paths = Vec::new();
    let mut rest = code;
    while let Some(at) = rest.find("use ") {
        let is_start = rest[..at].ends_with(['\n', ' ', ')']) || at == 0;
        let end = rest[at..].find(';').map_or(rest.len(), |end| at + end);
        if is_start {
            paths.extend(leaves(&rest[at + 4..end]));
        }
        rest = &rest[at + 4..];
    }
    paths.extend(
        code.split(|c| !is_path(c))
            .filter(|word| word.contains("::") && !word.ends_with("::"))
            .map(str::to_owned),
    );
    paths
}

/// Returns the module that a path in a module leads to, the longest that is one.
fn resolve(path: &str, own: &Module, modules: &BTreeSet<Module>) -> Option<Module> {
    let mut names: Vec<&str> = path.split("::").collect();
    let mut full: Module = match names[0] {
        "crate" | "morgue" => Vec::new(),
        "super" | "self" => own.clone(),
        // A child of the module, or something from elsewhere.
        first => {
            let mut child = own.clone();
            child.push(first.to_owned());
            if !modules.contains(&child) {
                return None;
            }
            names.insert(0, "self");
            own.clone()
        }
    };
    // The binary's own modules lie under `cli`.
    if own.first().is_some_and(|first| first == "cli") && names[0] == "crate" {
        return None;
    }
    for (at, name) in names.into_iter().enumerate() {
        match name {
            "crate" | "morgue" | "self" if at == 0 => {}
            "super" => {
                full.pop();
            }
            name => full.push(name.to_owned()),
        }
    }
    while !full.is_empty() && !modules.contains(&full) {
        full.pop();
    }
    Some(full).filter(|full| !full.is_empty() && full != own)
}

fn imports() -> Imports {
    let mut files = Vec::new();
    sources(&root().join("src"), &mut files);
    let texts: BTreeMap<Module, String> = files
        .iter()
        .map(|file| (module_of(file), fs::read_to_string(file).unwrap()))
        .filter(|(module, _)| module != &["lib"] && module != &["main"])
        .collect();
    let tests = test_modules(&texts);
    let modules: BTreeSet<Module> = texts
        .keys()
        .filter(|module| !tests.contains(*module))
        .cloned()
        .collect();
    modules
        .iter()
        .map(|own| {
            let paths = paths_in(&code_of(&texts[own])).into_iter();
            let imported = paths.filter_map(|path| resolve(&path, own, &modules));
            (own.clone(), imported.collect())
        })
        .collect()
}

/// Returns the floors of ARCHITECTURE.md, the lowest first, each with its rooms.
fn floors() -> Vec<Vec<Module>> {
    let text = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let (_, table) = text.split_once("| floor | rooms |").unwrap();
    let rows = table.lines().skip(2).take_while(|row| row.starts_with('|'));
    let mut floors: Vec<Vec<Module>> = rows
        .map(|row| {
            let rooms = row.split('|').nth(2).unwrap().split('`').skip(1).step_by(2);
            let room = |path: &str| {
                path.trim_end_matches('/')
                    .split('/')
                    .map(str::to_owned)
                    .collect()
            };
            rooms.map(room).collect()
        })
        .collect();
    floors.reverse();
    floors
}

fn shown(module: &Module) -> String {
    module.join("/")
}

#[test]
fn no_import_leads_up() {
    let floors = floors();
    let floor_of = |module: &Module| {
        let room = (1..=module.len()).rev().find_map(|length| {
            floors
                .iter()
                .position(|rooms| rooms.iter().any(|room| room == &module[..length]))
        });
        room.unwrap_or_else(|| panic!("{} is on no floor of ARCHITECTURE.md", shown(module)))
    };
    let mut upward = Vec::new();
    for (from, imported) in imports() {
        for to in imported {
            if floor_of(&to) > floor_of(&from) {
                upward.push(format!("{} imports {}", shown(&from), shown(&to)));
            }
        }
    }
    assert_eq!(upward, [""; 0]);
}

/// Returns the modules that a module leads to, by its imports and theirs.
fn reached<'a>(from: &'a Module, imports: &'a Imports) -> BTreeSet<&'a Module> {
    let mut reached = BTreeSet::new();
    let mut next: Vec<&Module> = imports[from].iter().collect();
    while let Some(module) = next.pop() {
        if reached.insert(module) {
            next.extend(&imports[module]);
        }
    }
    reached
}

#[test]
fn no_files_import_each_other() {
    let imports = imports();
    let reached: BTreeMap<&Module, BTreeSet<&Module>> = imports
        .keys()
        .map(|module| (module, reached(module, &imports)))
        .collect();
    let mut in_circles = Vec::new();
    for (from, imported) in &imports {
        for to in imported.iter().filter(|to| reached[to].contains(from)) {
            in_circles.push(format!("{} imports {}", shown(from), shown(to)));
        }
    }
    assert_eq!(in_circles, [""; 0]);
}

#[test]
fn reads_imports() {
    assert_eq!(
        leaves("crate::a::{self, b::{C, d}, e as f}"),
        [
            "crate::a::self",
            "crate::a::b::C",
            "crate::a::b::d",
            "crate::a::e"
        ]
    );
    let modules: BTreeSet<Module> = [vec!["a"], vec!["a", "b"], vec!["c"]]
        .into_iter()
        .map(|module| module.into_iter().map(str::to_owned).collect())
        .collect();
    let own = vec!["a".to_owned(), "b".to_owned()];
    for (path, expected) in [
        ("crate::c::Thing", Some("c")),
        ("super::Thing", Some("a")),
        ("super::b::Thing", None),
        ("std::fs", None),
    ] {
        let found = resolve(path, &own, &modules).map(|module| shown(&module));
        assert_eq!(found.as_deref(), expected, "{path}");
    }
}
