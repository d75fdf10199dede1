//! `morgue man`, and the copy of what it prints in `man/`.

use std::fs;
use std::path::Path;

use crate::harness::Morgue;
use crate::readme::commands;

#[test]
fn the_copy_is_what_the_program_prints() {
    let run = Morgue::new().run(["man"]);
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));
    let copy = Path::new(env!("CARGO_MANIFEST_DIR")).join("man/morgue.1");
    let copy = fs::read_to_string(copy).unwrap_or_default();
    assert!(
        copy == run.stdout,
        "man/morgue.1 differs from what `morgue man` prints; renew it with \
         `cargo run -- man > man/morgue.1` and look at the difference"
    );
}

#[test]
fn every_command_and_option_is_in_it() {
    let page = Morgue::new().run(["man"]).stdout;
    let sections: Vec<&str> = page.split(".SH ").collect();
    for (command, options) in commands() {
        let heading = format!("\"MORGUE {}\"\n", command.to_uppercase());
        let section = sections.iter().find(|text| text.starts_with(&heading));
        let section = section.unwrap_or_else(|| panic!("no section of {command}"));
        for option in options {
            let written = format!("\\fB{}\\fR", option.replace('-', "\\-"));
            let is_shared = matches!(&*option, "--help" | "--color");
            assert!(
                section.contains(&written) || is_shared && sections[3].contains(&written),
                "{command} {option}"
            );
        }
    }
}
