//! `/openapi.json`: what programs can ask of the reading room, as an OpenAPI document.
//!
//! A route that ends in `.json` needs a line in [`OPERATIONS`], and each record that it answers with a table in
//! [`records`]; a test asks every one of them and compares what it answers.

mod records;
mod schemas;

use std::sync::LazyLock;

use utoipa::openapi::path::{OperationBuilder, ParameterBuilder, ParameterIn};
use utoipa::openapi::{
    Components, ContentBuilder, HttpMethod, InfoBuilder, OneOfBuilder, OpenApi, OpenApiBuilder,
    PathItem, PathsBuilder, Ref, RefOr, Required, ResponseBuilder, Schema,
};

use records::RECORDS;
use schemas::Kind;

/// The document.
pub(super) static DOCUMENT: LazyLock<OpenApi> = LazyLock::new(document);

const ABOUT: &str = "The JSON twins of the pages of `morgue serve`. They are those records that the command line \
                     prints with `--json`. Nothing that is documented here changes the archive.";

/// What is asked at an address.
struct Operation {
    path: &'static str,
    id: &'static str,
    about: &'static str,
    parameters: &'static [Parameter],
    answers: &'static [Answer],
}

/// A parameter of an address.
struct Parameter {
    name: &'static str,
    place: ParameterIn,
    kind: Kind,
    about: &'static str,
}

/// What is answered with a status: one of several records, or plain text where there is none.
struct Answer {
    status: &'static str,
    about: &'static str,
    records: &'static [&'static str],
}

const fn asked(name: &'static str, kind: Kind, about: &'static str) -> Parameter {
    Parameter {
        name,
        place: ParameterIn::Query,
        kind,
        about,
    }
}

const fn answer(
    status: &'static str,
    records: &'static [&'static str],
    about: &'static str,
) -> Answer {
    Answer {
        status,
        about,
        records,
    }
}

/// What any address may answer.
const ALWAYS: &[Answer] = &[
    answer("401", &[], "The archive needs a password."),
    answer(
        "403",
        &[],
        "The request names another machine, or comes out of a page of another site.",
    ),
];

const TOO_LONG: Answer = answer("414", &["Fault"], "The query is longer than 4,000 bytes.");
const NOT_NOW: Answer = answer(
    "503",
    &["Fault"],
    "The archive can't be read now, or the answer took too long.",
);

/// All that can be asked.
const OPERATIONS: &[Operation] = &[
    Operation {
        path: "/search.json",
        id: "search",
        about: "Answers a query; without one, says what is in the archive.",
        parameters: &[
            asked(
                "q",
                Kind::Text,
                "The query, in the language of `morgue search`.",
            ),
            asked(
                "sort",
                Kind::Word(&["relevance", "newest", "oldest"]),
                "The order of the hits.",
            ),
            asked("page", Kind::Int, "The page of twenty hits, from 1 to 500."),
            asked("any", Kind::Word(&["1"]), "Any of the words is enough."),
            asked(
                "all",
                Kind::Word(&["1"]),
                "Only articles with all of the words, even where none has all.",
            ),
            asked(
                "loose",
                Kind::Word(&["1"]),
                "Surnames that may be another's are found too.",
            ),
            asked(
                "copies",
                Kind::Word(&["1"]),
                "Every article of a story is a hit.",
            ),
        ],
        answers: &[
            answer(
                "200",
                &["Found", "Overview"],
                "What was found, or what is in the archive.",
            ),
            answer("400", &["Fault"], "The query can't be read."),
            TOO_LONG,
            NOT_NOW,
        ],
    },
    Operation {
        path: "/article/{id}.json",
        id: "article",
        about: "Shows one article, the story that it belongs to, or others like it.",
        parameters: &[
            Parameter {
                name: "id",
                place: ParameterIn::Path,
                kind: Kind::Text,
                about: "The id of the article.",
            },
            asked(
                "view",
                Kind::Word(&["cleaned", "filed", "both", "copies", "similar"]),
                "`copies` asks for the story, `similar` for other articles, all else for the article.",
            ),
        ],
        answers: &[
            answer(
                "200",
                &["Article", "Story", "Found"],
                "The article, its story, or others like it.",
            ),
            answer("404", &["Fault"], "There is no such article."),
            TOO_LONG,
            NOT_NOW,
        ],
    },
    Operation {
        path: "/person.json",
        id: "person",
        about: "Tells of the persons that a name may mean; without one, of those named most.",
        parameters: &[
            asked("name", Kind::Text, "The name."),
            asked(
                "key",
                Kind::Text,
                "The folded name of one of them, as `key` in a record.",
            ),
        ],
        answers: &[
            answer("200", &["Persons"], "The persons."),
            answer("400", &["Fault"], "The name can't be read."),
            answer("404", &["Persons"], "No article names such a person."),
            NOT_NOW,
        ],
    },
    Operation {
        path: "/browse.json",
        id: "browse",
        about: "Counts the articles of a place in the archive; without a parameter, of all of it.",
        parameters: &[
            asked("in", Kind::Text, "A year or a month, such as 2018-06."),
            asked("day", Kind::Text, "A day of all years, such as 06-27."),
            asked("folder", Kind::Text, "The path of a folder."),
        ],
        answers: &[
            answer("200", &["Numbers"], "The numbers."),
            answer("404", &["Fault"], "There is no such place."),
            NOT_NOW,
        ],
    },
    Operation {
        path: "/openapi.json",
        id: "openapi",
        about: "Returns this document.",
        parameters: &[],
        answers: &[answer("200", &["Document"], "This document.")],
    },
];

fn document() -> OpenApi {
    let mut paths = PathsBuilder::new();
    for operation in OPERATIONS {
        let item = PathItem::new(HttpMethod::Get, operation_of(operation));
        paths = paths.path(operation.path, item);
    }
    let mut components = Components::builder();
    for record in RECORDS {
        components = components.schema(record.name, record.schema());
    }
    let info = InfoBuilder::new()
        .title("morgue")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(ABOUT));
    OpenApiBuilder::new()
        .info(info)
        .paths(paths)
        .components(Some(components.build()))
        .build()
}

fn operation_of(asked: &Operation) -> OperationBuilder {
    let mut operation = OperationBuilder::new()
        .operation_id(Some(asked.id))
        .summary(Some(asked.about));
    for parameter in asked.parameters {
        let required = match parameter.place {
            ParameterIn::Path => Required::True,
            _ => Required::False,
        };
        let parameter = ParameterBuilder::new()
            .name(parameter.name)
            .parameter_in(parameter.place.clone())
            .required(required)
            .description(Some(parameter.about))
            .schema(Some(parameter.kind.schema()));
        operation = operation.parameter(parameter);
    }
    for answer in asked.answers.iter().chain(ALWAYS) {
        let (kind, schema) = match answer.records {
            [] => ("text/plain", Kind::Text.schema()),
            records => ("application/json", one_of(records)),
        };
        let content = ContentBuilder::new().schema(Some(schema)).build();
        let response = ResponseBuilder::new().description(answer.about);
        operation = operation.response(answer.status, response.content(kind, content));
    }
    operation
}

/// Returns the schema of one of these records.
fn one_of(records: &[&str]) -> RefOr<Schema> {
    let reference = |name: &&str| RefOr::Ref(Ref::from_schema_name(*name));
    match records {
        [name] => reference(name),
        names => {
            let all = names.iter().map(reference);
            let one = all.fold(OneOfBuilder::new(), OneOfBuilder::item);
            one.into()
        }
    }
}
