//! What `show` and `similar` take for an article.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use crate::harness::{Morgue, Run};

const COMPOSED: &str = "caf\u{e9}";
const DECOMPOSED: &str = "cafe\u{301}";

/// A folder of articles, `n`, beside other folders.
fn archive() -> Morgue {
    let article =
        |word: &str| format!("The {word}\n\nThe {word} of Brindle was sold on Tuesday.\n");
    let morgue = Morgue::new()
        .file("n/a.txt", article("ferry"))
        .file("n/sub/a.txt", article("harbour"))
        .file("n/sub/only.txt", article("lighthouse"))
        .file(format!("n/{COMPOSED}/{DECOMPOSED}.txt"), article("café"))
        .file("elsewhere/x", "");
    assert_eq!(morgue.run(["index", "n", "--quiet"]).status, 0);
    morgue
}

/// The path of the article that `show` prints when it is run in a folder, and that `similar` starts from.
fn shown(morgue: &Morgue, folder: &Path, article: impl AsRef<OsStr>) -> Option<String> {
    let run = |command: &str| {
        let output = morgue
            .command()
            .current_dir(folder)
            .args([command, "--json", "--index"])
            .arg(morgue.path().join("n/.morgue"))
            .arg("--")
            .arg(&article)
            .output();
        Run::from(output.unwrap())
    };
    let (show, similar) = (run("show"), run("similar"));
    let record = show.records().next();
    let id = record.as_ref().map(|record| record["id"].as_str().unwrap());
    match id {
        Some(id) => {
            let answer = similar.records().next().unwrap();
            assert_eq!(answer["understood"], format!("similar {id}"));
        }
        None => {
            assert_eq!((show.status, similar.status), (2, 2), "{}", show.stderr);
            assert!(
                show.stderr.contains(": no such article; "),
                "{}",
                show.stderr
            );
            assert_eq!(show.stderr, similar.stderr);
        }
    }
    record.map(|record| record["path"].as_str().unwrap().to_owned())
}

#[test]
fn paths_in_every_form() {
    let morgue = archive();
    let whole = |path: &str| morgue.path().join(path).into_os_string();
    for (folder, article, expected) in [
        ("n", "a.txt".into(), Some("a.txt")),
        ("n", "./a.txt".into(), Some("a.txt")),
        ("n", ".//sub/../a.txt".into(), Some("a.txt")),
        ("n", whole("n/a.txt"), Some("a.txt")),
        ("n", whole("n/./sub/../sub/a.txt"), Some("sub/a.txt")),
        // Search prints `a.txt` of the file in the folder of articles, whatever the current one.
        ("n/sub", "a.txt".into(), Some("a.txt")),
        ("n/sub", "./a.txt".into(), Some("sub/a.txt")),
        ("n/sub", "only.txt".into(), Some("sub/only.txt")),
        ("n/sub", "sub/only.txt".into(), Some("sub/only.txt")),
        ("n/sub", "../a.txt".into(), Some("a.txt")),
        ("n/sub", "./b.txt".into(), None),
        (".", "n/a.txt".into(), Some("a.txt")),
        (".", "./n/sub/a.txt".into(), Some("sub/a.txt")),
        ("elsewhere", "../n/a.txt".into(), Some("a.txt")),
        ("elsewhere", "./a.txt".into(), Some("a.txt")),
        ("elsewhere", "x".into(), None),
        ("n", "../elsewhere/x".into(), None),
        ("n", "".into(), None),
        ("n", ".".into(), None),
    ] {
        assert_eq!(
            shown(&morgue, &morgue.path().join(folder), &article).as_deref(),
            expected,
            "{article:?} in {folder}"
        );
    }
}

#[test]
fn composed_and_decomposed_letters() {
    let morgue = archive();
    let stored = format!("{COMPOSED}/{DECOMPOSED}.txt");
    let n = morgue.path().join("n");
    for folder in [COMPOSED, DECOMPOSED] {
        for name in [COMPOSED, DECOMPOSED] {
            for article in [
                PathBuf::from(format!("{folder}/{name}.txt")),
                PathBuf::from(format!("./{folder}/{name}.txt")),
                n.join(format!("{folder}/{name}.txt")),
            ] {
                assert_eq!(
                    shown(&morgue, &n, &article).as_ref(),
                    Some(&stored),
                    "{article:?}"
                );
            }
        }
    }
    // Where both are there, each is itself. On macOS they are one file.
    if cfg!(target_os = "macos") {
        return;
    }
    morgue.write(
        format!("n/{DECOMPOSED}/{DECOMPOSED}.txt"),
        "Tea\n\nTea is sold.\n",
        1000,
    );
    assert_eq!(morgue.run(["index", "n", "--quiet"]).status, 0);
    for folder in [COMPOSED, DECOMPOSED] {
        let article = format!("{folder}/{DECOMPOSED}.txt");
        assert_eq!(shown(&morgue, &n, &article), Some(article));
    }
}

#[test]
fn an_id_wins_over_a_path() {
    let morgue = archive();
    let n = morgue.path().join("n");
    let run = morgue.run(["show", "a.txt", "--json", "--index", "n/.morgue"]);
    let id = run.records().next().unwrap()["id"]
        .as_str()
        .unwrap()
        .to_owned();
    morgue.write(format!("n/{id}"), "Tea\n\nTea is sold.\n", 1000);
    assert_eq!(morgue.run(["index", "n", "--quiet"]).status, 0);
    assert_eq!(shown(&morgue, &n, &id).as_deref(), Some("a.txt"));
    assert_eq!(shown(&morgue, &n, format!("./{id}")), Some(id));
}

#[test]
fn an_index_outside_its_folder() {
    let morgue = archive();
    let run = morgue.run(["index", "n", "--index", "n/../outer", "--quiet"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    for index in ["outer", "n/../outer", "./n/.morgue", "n/sub/../.morgue"] {
        for article in ["a.txt", "./n/a.txt", "n/sub/../a.txt"] {
            let run = morgue.run(["show", "--json", "--index", index, article]);
            assert_eq!(run.status, 0, "{index} {article}: {}", run.stderr);
            assert_eq!(run.records().next().unwrap()["path"], "a.txt");
        }
    }
    let output = morgue
        .command()
        .current_dir(morgue.path().join("n/.morgue"))
        .args(["show", "--json", "--index", ".", "../sub/a.txt"])
        .output();
    let run = Run::from(output.unwrap());
    assert_eq!(run.records().next().unwrap()["path"], "sub/a.txt");
}

#[cfg(target_os = "linux")]
#[test]
fn links_and_names_that_are_no_text() {
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::symlink;
    let morgue = archive();
    let at = |name: &str| morgue.path().join(name);
    symlink(at("n"), at("link")).unwrap();
    symlink(at("n/sub"), at("elsewhere/deep")).unwrap();
    symlink(at("n/a.txt"), at("elsewhere/one.txt")).unwrap();
    let odd = OsStr::from_bytes(b"caf\xe9\\1.txt");
    morgue.write(Path::new("n").join(odd), "Tea\n\nTea is sold.\n", 1000);
    assert_eq!(morgue.run(["index", "n", "--quiet"]).status, 0);
    for (folder, article, expected) in [
        ("elsewhere", at("link/a.txt"), "a.txt"),
        ("elsewhere", PathBuf::from("../link/sub/a.txt"), "sub/a.txt"),
        ("elsewhere", PathBuf::from("deep/only.txt"), "sub/only.txt"),
        (
            "elsewhere/deep",
            PathBuf::from("./only.txt"),
            "sub/only.txt",
        ),
        // The system follows the link before it goes up.
        ("elsewhere", PathBuf::from("deep/../a.txt"), "a.txt"),
        ("elsewhere", PathBuf::from("one.txt"), "a.txt"),
        ("n", PathBuf::from(odd), r"caf\xE9\\1.txt"),
        ("n/sub", Path::new("..").join(odd), r"caf\xE9\\1.txt"),
        ("n", PathBuf::from(r"caf\xE9\\1.txt"), r"caf\xE9\\1.txt"),
    ] {
        assert_eq!(
            shown(&morgue, &at(folder), &article).as_deref(),
            Some(expected),
            "{article:?} in {folder}"
        );
    }
    // An article stays in the archive where its file can't be found any more.
    std::fs::remove_file(at("n/a.txt")).unwrap();
    assert_eq!(
        shown(&morgue, &at("elsewhere"), at("link/a.txt")).as_deref(),
        Some("a.txt")
    );
}
