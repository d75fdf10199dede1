//! How a record and its keys are described, and the schemas that are made of that.

use utoipa::openapi::schema::{AdditionalProperties, SchemaType};
use utoipa::openapi::{ArrayBuilder, ObjectBuilder, OneOfBuilder, Ref, RefOr, Schema, Type};

/// A record.
pub(super) struct Record {
    pub(super) name: &'static str,
    pub(super) about: &'static str,
    pub(super) keys: &'static [Key],
}

/// A key of a record: made by [`key`], [`or_null`] or [`sometimes`].
pub(super) struct Key {
    name: &'static str,
    kind: Kind,
    presence: Presence,
    about: &'static str,
}

/// When a record has a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Presence {
    Always,
    /// Always, and null where nothing is known.
    OrNull,
    Sometimes,
}

/// What a value is.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kind {
    Text,
    /// One of these texts.
    Word(&'static [&'static str]),
    Int,
    Float,
    Truth,
    Texts,
    /// Numbers by name.
    Numbers,
    /// Lists of a name and a number.
    Pairs,
    One(&'static str),
    Many(&'static str),
    /// Lists of lists of a record.
    Lists(&'static str),
    /// An object whose keys are not documented.
    Open,
}

impl Kind {
    /// Returns the schema of such a value.
    pub(super) fn schema(self) -> RefOr<Schema> {
        let of = |kind: Type| ObjectBuilder::new().schema_type(kind);
        match self {
            Self::Text => of(Type::String).into(),
            Self::Word(words) => of(Type::String)
                .enum_values(Some(words.iter().copied()))
                .into(),
            Self::Int => of(Type::Integer).into(),
            Self::Float => of(Type::Number).into(),
            Self::Truth => of(Type::Boolean).into(),
            Self::Texts => list(Self::Text.schema()),
            Self::Numbers => {
                let number = AdditionalProperties::RefOr(Self::Int.schema());
                of(Type::Object).additional_properties(Some(number)).into()
            }
            Self::Pairs => {
                let text_or_number: SchemaType =
                    [Type::String, Type::Integer].into_iter().collect();
                list(list(
                    ObjectBuilder::new().schema_type(text_or_number).into(),
                ))
            }
            Self::One(name) => RefOr::Ref(Ref::from_schema_name(name)),
            Self::Many(name) => list(Self::One(name).schema()),
            Self::Lists(name) => list(Self::Many(name).schema()),
            Self::Open => {
                let anything = AdditionalProperties::FreeForm(true);
                of(Type::Object)
                    .additional_properties(Some(anything))
                    .into()
            }
        }
    }

    /// Returns the schema of such a value or null.
    fn or_null(self) -> RefOr<Schema> {
        let null = ObjectBuilder::new().schema_type(Type::Null);
        OneOfBuilder::new().item(self.schema()).item(null).into()
    }
}

fn list(of: RefOr<Schema>) -> RefOr<Schema> {
    ArrayBuilder::new().items(of).into()
}

impl Record {
    /// Returns the schema of the record.
    pub(super) fn schema(&self) -> RefOr<Schema> {
        let mut object = ObjectBuilder::new().description(Some(self.about));
        for key in self.keys {
            let schema = match key.presence {
                Presence::OrNull => key.kind.or_null(),
                Presence::Always | Presence::Sometimes => key.kind.schema(),
            };
            object = object.property(key.name, described(schema, key.about));
            if key.presence != Presence::Sometimes {
                object = object.required(key.name);
            }
        }
        // A program may rely on what is documented, and has to bear keys that are added later.
        object.into()
    }
}

/// Returns a schema with a description.
fn described(schema: RefOr<Schema>, about: &str) -> RefOr<Schema> {
    let about = about.to_owned();
    match schema {
        RefOr::Ref(mut reference) => {
            reference.description = about;
            RefOr::Ref(reference)
        }
        RefOr::T(Schema::Object(mut object)) => {
            object.description = Some(about);
            RefOr::T(Schema::Object(object))
        }
        RefOr::T(Schema::Array(mut array)) => {
            array.description = Some(about);
            RefOr::T(Schema::Array(array))
        }
        RefOr::T(Schema::OneOf(mut one)) => {
            one.description = Some(about);
            RefOr::T(Schema::OneOf(one))
        }
        other => other,
    }
}

/// A key that a record always has.
pub(super) const fn key(name: &'static str, kind: Kind, about: &'static str) -> Key {
    Key {
        name,
        kind,
        presence: Presence::Always,
        about,
    }
}

/// A key that a record always has, and that is null where nothing is known.
pub(super) const fn or_null(name: &'static str, kind: Kind, about: &'static str) -> Key {
    Key {
        presence: Presence::OrNull,
        ..key(name, kind, about)
    }
}

/// A key that a record has only where it says something.
pub(super) const fn sometimes(name: &'static str, kind: Kind, about: &'static str) -> Key {
    Key {
        presence: Presence::Sometimes,
        ..key(name, kind, about)
    }
}
