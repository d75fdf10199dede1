//! `morgue mcp`: the tools of an assistant, by JSON-RPC over pipes.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};

use serde_json::{Value, json};

use crate::harness::Morgue;

/// An assistant that has started `morgue mcp` and shaken hands with it.
struct Assistant {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    asked: u64,
}

impl Assistant {
    fn of(morgue: &Morgue) -> Self {
        let mut child = morgue
            .command()
            .arg("mcp")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut assistant = Self {
            input: child.stdin.take().unwrap(),
            output: BufReader::new(child.stdout.take().unwrap()),
            child,
            asked: 0,
        };
        let hello = assistant.ask(
            "initialize",
            &json!({
                "protocolVersion": "2025-06-18",
                "capabilities": {},
                "clientInfo": {"name": "test", "version": "1"},
            }),
        );
        assert_eq!(hello["result"]["serverInfo"]["name"], "morgue");
        assert_eq!(
            hello["result"]["serverInfo"]["version"],
            env!("CARGO_PKG_VERSION")
        );
        assert_eq!(hello["result"]["capabilities"], json!({"tools": {}}));
        let instructions = hello["result"]["instructions"].as_str().unwrap();
        assert!(instructions.contains("Quote them"), "{instructions}");
        assistant
            .send(&json!({"jsonrpc": "2.0", "method": "notifications/initialized"}).to_string());
        assistant
    }

    fn send(&mut self, line: &str) {
        writeln!(self.input, "{line}").unwrap();
    }

    /// The next line of standard output, which has to be a message.
    #[track_caller]
    fn message(&mut self) -> Value {
        let mut line = String::new();
        self.output.read_line(&mut line).unwrap();
        let message: Value = serde_json::from_str(&line).expect("every line is a message");
        assert_eq!(message["jsonrpc"], "2.0");
        message
    }

    #[track_caller]
    fn ask(&mut self, method: &str, params: &Value) -> Value {
        self.asked += 1;
        let request =
            json!({"jsonrpc": "2.0", "id": self.asked, "method": method, "params": params});
        self.send(&request.to_string());
        let answer = self.message();
        assert_eq!(answer["id"], self.asked, "{answer}");
        answer
    }

    /// Calls a tool and returns its result.
    #[track_caller]
    fn call(&mut self, tool: &str, arguments: Value) -> Value {
        let params = json!({"name": tool, "arguments": arguments});
        self.ask("tools/call", &params)["result"].take()
    }

    /// Ends the input and returns the exit status and what was still written.
    fn end(mut self) -> (Option<i32>, String) {
        drop(self.input);
        let mut rest = String::new();
        while self.output.read_line(&mut rest).unwrap() > 0 {}
        (self.child.wait().unwrap().code(), rest)
    }
}

/// The records that a command prints with `--json`.
fn printed(morgue: &Morgue, arguments: &[&str]) -> Vec<Value> {
    morgue.run(arguments).records().collect()
}

#[test]
fn lists_tools_that_say_what_they_take() {
    let morgue = Morgue::with_sample_corpus();
    let mut assistant = Assistant::of(&morgue);
    let listed = assistant.ask("tools/list", &json!({}));
    let tools = listed["result"]["tools"].as_array().unwrap();
    let arguments = |tool: &Value| -> Vec<String> {
        let schema = &tool["inputSchema"];
        assert_eq!(schema["type"], "object");
        assert_eq!(schema["additionalProperties"], false);
        let properties = schema["properties"].as_object().unwrap();
        for (name, property) in properties {
            assert!(property["description"].is_string(), "{name}: {property}");
        }
        properties.keys().cloned().collect()
    };
    let found: Vec<(&str, Vec<String>)> = tools
        .iter()
        .map(|tool| (tool["name"].as_str().unwrap(), arguments(tool)))
        .collect();
    let names = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
    let search = [
        "after",
        "all",
        "all_copies",
        "any",
        "before",
        "limit",
        "loose",
        "offset",
        "persons",
        "query",
        "sort",
        "source",
    ];
    assert_eq!(
        found,
        [
            ("search", names(&search)),
            ("show", names(&["article", "from"])),
            ("people", names(&["limit", "name"])),
        ]
    );
    for tool in tools {
        assert_eq!(tool["annotations"]["readOnlyHint"], true, "{tool}");
    }
}

#[test]
fn answers_with_the_records_and_the_text_of_the_command_line() {
    let morgue = Morgue::with_sample_corpus();
    let mut assistant = Assistant::of(&morgue);

    let arguments = json!({"query": "harbour council", "persons": ["Pell"], "after": "2018",
                           "sort": "newest", "limit": 2, "all_copies": true});
    let mut found = assistant.call("search", arguments);
    let options = [
        "search",
        "harbour council",
        "--person",
        "Pell",
        "--after",
        "2018",
        "--sort",
        "newest",
        "--limit",
        "2",
        "--all-copies",
    ];
    let mut records = printed(&morgue, &[&options[..], &["--json"]].concat());
    let mut answer = records.remove(0);
    for answer in [&mut answer, &mut found["structuredContent"]["answer"]] {
        assert!(answer["took_ms"].take().is_number());
    }
    let expected = json!({"answer": answer, "hits": records});
    assert_eq!(found["structuredContent"], expected);
    assert_eq!(found["isError"], false);
    let text = morgue.run(options).stdout;
    assert_eq!(found["content"], json!([{"type": "text", "text": text}]));
    assert!(text.contains('“'), "{text}");

    // A path may be that of several articles.
    for article in ["42e291e2bd03", "databases/lexis.txt"] {
        let shown = assistant.call("show", json!({"article": article}));
        let records = printed(&morgue, &["show", article, "--json"]);
        assert_eq!(shown["structuredContent"], json!({"articles": records}));
        let text = morgue.run(["show", article]).stdout;
        assert_eq!(shown["content"][0]["text"], text);
    }

    for (arguments, command) in [
        (json!({"limit": 3}), &["people", "--limit", "3"][..]),
        (json!({"name": "Thorne, Anna"}), &["people", "Thorne, Anna"]),
    ] {
        let found = assistant.call("people", arguments);
        let records = printed(&morgue, &[command, &["--json"]].concat());
        assert!(!records.is_empty());
        assert_eq!(found["structuredContent"], json!({"people": records}));
        assert_eq!(found["content"][0]["text"], morgue.run(command).stdout);
    }
}

#[test]
fn a_long_text_is_shown_in_parts() {
    let paragraph =
        "The harbour master counted the boats again and wrote the number down. ".repeat(30);
    let paragraphs = (1..=60).map(|number| format!("{number}. {paragraph}\n\n"));
    let story = format!(
        "The count of the boats\n\n{}",
        paragraphs.collect::<String>()
    );
    let mail = |number: usize| {
        let text = paragraph.repeat(2);
        format!(
            "From clerk@desk.example Mon Mar  4 10:00:00 2019\nFrom: clerk@desk.example\nSubject: Boats {number}\n\
             Date: Mon, 4 Mar 2019 10:00:00 +0000\n\nThe count of day {number}. {text}\n\n"
        )
    };
    let morgue = Morgue::new()
        .file("long.txt", story)
        .file("mails.txt", (1..=20).map(mail).collect::<String>());
    assert_eq!(morgue.run(["index", ".", "--quiet"]).status, 0);
    let mut assistant = Assistant::of(&morgue);

    let whole = printed(&morgue, &["show", "long.txt", "--json"]).remove(0);
    let (mut blocks, mut from, mut calls) = (Vec::new(), 1, 0);
    loop {
        let shown = assistant.call("show", json!({"article": "long.txt", "from": from}));
        let text = shown["content"][0]["text"].as_str().unwrap();
        let records = &shown["structuredContent"];
        let part = records["articles"][0]["blocks"].as_array().unwrap();
        let bytes: usize = (part.iter())
            .map(|block| block["text"].as_str().unwrap().len())
            .sum();
        assert!(bytes <= 30_000, "{bytes} bytes");
        blocks.extend(part.iter().cloned());
        calls += 1;
        let Some(next) = records["next"].as_u64() else {
            assert!(!text.contains("The text goes on"), "{text}");
            break;
        };
        assert_eq!(next, blocks.len() as u64 + 1);
        assert!(
            text.ends_with(&format!("\nThe text goes on: show it from {next}\n")),
            "{text}"
        );
        from = next;
    }
    assert!(calls > 3, "{calls} calls");
    assert_eq!(Value::from(blocks), whole["blocks"]);

    let parts = printed(&morgue, &["show", "mails.txt", "--json"]);
    assert_eq!(parts.len(), 20);
    let shown = assistant.call("show", json!({"article": "mails.txt"}));
    assert_eq!(shown["isError"], true);
    let text = shown["content"][0]["text"].as_str().unwrap();
    assert!(
        text.contains("mails.txt has 20 articles, too many to show at once; search"),
        "{text}"
    );
    let shown = assistant.call("show", json!({"article": parts[7]["id"]}));
    assert_eq!(shown["structuredContent"], json!({"articles": [parts[7]]}));
}

#[test]
fn finds_nothing_without_an_error() {
    let morgue = Morgue::with_sample_corpus();
    let mut assistant = Assistant::of(&morgue);
    let found = assistant.call("search", json!({"query": "zeppelinfahrt"}));
    assert_eq!(found["isError"], false);
    assert_eq!(found["structuredContent"]["hits"], json!([]));
    let found = assistant.call("people", json!({"name": "Quirin Ohlendorf"}));
    assert_eq!(found["isError"], false);
    assert_eq!(found["structuredContent"]["people"], json!([]));
    let text = found["content"][0]["text"].as_str().unwrap();
    assert!(text.contains("no article names Quirin Ohlendorf"), "{text}");
}

#[test]
fn a_bad_call_is_told_what_would_be_right() {
    let morgue = Morgue::with_sample_corpus();
    let mut assistant = Assistant::of(&morgue);
    for (tool, arguments, expected) in [
        (
            "search",
            json!({}),
            "there is nothing to search for; give words",
        ),
        ("search", json!({"query": "date:soonest"}), "soonest"),
        (
            "search",
            json!({"query": 7}),
            "invalid type: integer `7`, expected a string",
        ),
        (
            "search",
            json!({"query": "a", "limt": 3}),
            "unknown field `limt`",
        ),
        (
            "search",
            json!({"query": "a", "limit": 51}),
            "limit: 51 is more than 50",
        ),
        ("search", json!({"query": "a", "limit": -1}), "integer `-1`"),
        (
            "search",
            json!({"query": "a", "sort": "best"}),
            "unknown variant `best`",
        ),
        (
            "search",
            json!({"query": "a", "after": "soon"}),
            "after: soon is not a date; write 2018, 2018-06 or 2018-06-27",
        ),
        (
            "search",
            json!({"query": "a", "after": "2019", "before": "2018"}),
            "the dates 2019 to 2018 end before they start",
        ),
        ("show", json!({}), "missing field `article`"),
        (
            "show",
            json!({"article": "42e291e2bd03", "from": 0}),
            "from: the article has blocks 1 to 5; give the `next`",
        ),
        (
            "show",
            json!({"article": "42e291e2bd03", "from": 6}),
            "from: the article has blocks 1 to 5; give the `next`",
        ),
        (
            "show",
            json!({"article": "no-such.txt"}),
            "no-such.txt: no such article",
        ),
        (
            "show",
            json!({"article": "/etc/hostname"}),
            "no such article",
        ),
        (
            "people",
            json!({"limit": 101}),
            "limit: 101 is more than 100",
        ),
        ("people", json!({"name": ["a"]}), "expected a string"),
    ] {
        let result = assistant.call(tool, arguments.clone());
        assert_eq!(result["isError"], true, "{tool} {arguments}: {result}");
        let text = result["content"][0]["text"].as_str().unwrap();
        assert!(text.contains(expected), "{tool} {arguments}: {text}");
        // Each says what to do.
        assert!(text.contains("; "), "{tool} {arguments}: {text}");
    }
    let params = json!({"name": "remove", "arguments": {}});
    let answer = assistant.ask("tools/call", &params);
    let message = answer["error"]["message"].as_str().unwrap();
    assert!(message.contains("search, show, people"), "{message}");
    let answer = assistant.ask("no/such", &json!({}));
    assert_eq!(answer["error"]["code"], -32601);

    // Lines that are no message do not end the conversation.
    assistant.send("{");
    assistant.send("{\"jsonrpc\": \"2.0\"}");
    let mut answer = json!(null);
    assistant.send(&json!({"jsonrpc": "2.0", "id": "last", "method": "ping"}).to_string());
    while answer["id"] != "last" {
        answer = assistant.message();
    }
    assert_eq!(answer["result"], json!({}));
}

#[test]
fn the_end_of_the_input_ends_it_after_its_answers() {
    let morgue = Morgue::with_sample_corpus();
    let mut assistant = Assistant::of(&morgue);
    let params = json!({"name": "search", "arguments": {"query": "harbour"}});
    let request = json!({"jsonrpc": "2.0", "id": "late", "method": "tools/call", "params": params});
    assistant.send(&request.to_string());
    let (status, rest) = assistant.end();
    assert_eq!(status, Some(0));
    let answer: Value = serde_json::from_str(&rest).unwrap();
    assert_eq!(answer["id"], "late");
    assert!(
        !answer["result"]["structuredContent"]["hits"]
            .as_array()
            .unwrap()
            .is_empty()
    );

    let run = morgue.run(["mcp"]);
    assert_eq!((run.status, &*run.stdout, &*run.stderr), (0, "", ""));
}

#[test]
fn what_a_run_of_index_changes_is_found() {
    let morgue = Morgue::new();
    morgue.write(
        "first.txt",
        "Ferry sold\n\nThe ferry of the island was sold on Monday.\n",
        1000,
    );
    assert_eq!(morgue.run(["index", "."]).status, 0);
    let mut assistant = Assistant::of(&morgue);
    let mut total = |query: &str| {
        let found = assistant.call("search", json!({"query": query}));
        found["structuredContent"]["answer"]["total"]
            .as_u64()
            .unwrap()
    };
    assert_eq!((total("ferry"), total("lighthouse")), (1, 0));
    morgue.write(
        "second.txt",
        "Lighthouse lit\n\nThe lighthouse was lit for the ferry.\n",
        1000,
    );
    assert_eq!(morgue.run(["index", "."]).status, 0);
    assert_eq!((total("ferry"), total("lighthouse")), (2, 1));
}

#[test]
fn without_an_index_it_says_so() {
    let morgue = Morgue::new();
    let run = morgue.run(["mcp"]);
    assert_eq!((run.status, &*run.stdout), (2, ""));
    assert!(run.stderr.contains("morgue index FOLDER"), "{}", run.stderr);
}
