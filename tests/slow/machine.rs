//! The program runs with any number of cores and threads, and with little memory.

#[cfg(target_os = "linux")]
use std::{fs, process::Command};

#[cfg(target_os = "linux")]
use crate::harness::{ARTICLE, Run, held, news};
use crate::harness::{Morgue, sample_corpus};

#[test]
fn any_number_of_threads_makes_the_same_archive() {
    let morgue = Morgue::new();
    let corpus = sample_corpus();
    let corpus = corpus.to_str().unwrap();
    let mut all = Vec::new();
    for threads in ["1", "2", "6", "7", "8", "16", "64", "256", "100000"] {
        let index = format!("index-{threads}");
        let run = morgue.run(["index", corpus, "--index", &index, "--threads", threads]);
        assert_eq!(run.status, 0, "{threads}: {}", run.stderr);
        let exported = morgue.run(["export", "--index", &index]).stdout;
        let mut lines: Vec<String> = exported.lines().map(str::to_owned).collect();
        lines.sort();
        all.push(lines);
    }
    assert!(all[0].len() > 30);
    assert!(all.iter().all(|lines| *lines == all[0]));
}

/// The number of cores is what the C library says, which a library of our own can say in its place.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
#[test]
fn any_number_of_cores() {
    let morgue = Morgue::new().file("a.txt", ARTICLE);
    let source = include_str!("../fake-cores.c");
    fs::write(morgue.path().join("cores.c"), source).unwrap();
    let built = Command::new("cc")
        .args(["-shared", "-fPIC", "-o", "cores.so", "cores.c"])
        .current_dir(morgue.path())
        .status();
    assert!(
        built.unwrap().success(),
        "the tests need a C compiler, as the program does"
    );
    for cores in ["1", "6", "7", "8", "16", "64", "256"] {
        let output = morgue
            .command()
            .env("LD_PRELOAD", morgue.path().join("cores.so"))
            .env("CORES", cores)
            .args(["index", ".", "--rebuild", "--quiet"])
            .output()
            .unwrap();
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{cores}");
        assert_eq!(output.status.code(), Some(0), "{cores}");
        let mut search = morgue.command();
        search
            .env("LD_PRELOAD", morgue.path().join("cores.so"))
            .env("CORES", cores)
            .args(["search", "ferry council"]);
        assert_eq!(search.output().unwrap().status.code(), Some(0), "{cores}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn little_memory_takes_fewer_threads_and_says_so() {
    let morgue = news(20);
    let run = Command::new("sh")
        .args([
            "-c",
            "ulimit -v 1000000; exec \"$0\" index news --rebuild --threads 256",
        ])
        .arg(env!("CARGO_BIN_EXE_morgue"))
        .current_dir(morgue.path())
        .output()
        .unwrap();
    let run = Run::from(run);
    run.is(
        0,
        "20 files seen: 20 added, 0 changed, 0 unchanged, 0 skipped\n\
         20 articles read from 2.06 kB in T s\n",
        "morgue: using 13 threads instead of 256: there is not enough memory for more\n",
    );
    assert_eq!(held(&morgue, "news"), 20);
}

#[cfg(target_os = "linux")]
#[test]
fn verification_short_of_memory_marks_nothing() {
    let morgue = news(30);
    let words: String = (0..400_000_u64)
        .map(|i: u64| format!("w{:x} ", i * 7919 % 999_983))
        .collect();
    morgue.write("news/long.txt", words, 1000);
    morgue.run(["index", "news", "--quiet"]).is(0, "", "");
    let mut refused = 0;
    for kilobytes in [
        20_000, 40_000, 60_000, 80_000, 100_000, 150_000, 200_000, 400_000,
    ] {
        let limited = format!("ulimit -v {kilobytes}; exec \"$0\" verify --index news/.morgue");
        let output = Command::new("sh")
            .args(["-c", &limited])
            .arg(env!("CARGO_BIN_EXE_morgue"))
            .current_dir(morgue.path())
            .output()
            .unwrap();
        refused += u32::from(!output.status.success());
        let mark = morgue.path().join("news/.morgue/damaged");
        assert!(
            !mark.exists(),
            "{kilobytes}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
    assert!(refused > 0, "the smallest of these is too little");
    assert_eq!(held(&morgue, "news"), 30);
}
