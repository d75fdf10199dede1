//! Forms that change something. Each carries the token of this run: a page of another site can send a form
//! here, but can't read one, so that it does not know the token.

use std::sync::LazyLock;

use url::form_urlencoded;

/// The most bytes of a form.
pub(super) const LONGEST: usize = 64 * 1024;

/// The field that holds the token.
pub(super) const TOKEN_FIELD: &str = "token";

/// The token of this run; `None` where the system gives no random numbers.
static TOKEN: LazyLock<Option<String>> = LazyLock::new(|| {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).ok()?;
    Some(format!("{:032x}", u128::from_ne_bytes(bytes)))
});

/// Returns what the forms of this run carry. It is empty where the system gives no random numbers; then
/// nothing can be changed.
pub(super) fn token() -> &'static str {
    TOKEN.as_deref().unwrap_or_default()
}

/// A form that was sent, with its token checked.
pub(super) struct Form(Vec<(String, String)>);

impl Form {
    /// Reads the body of a request; `None` if it does not carry the token of this run.
    pub(super) fn read(body: &[u8]) -> Option<Self> {
        let form = Self(form_urlencoded::parse(body).into_owned().collect());
        let (given, wanted) = (form.value(TOKEN_FIELD), token());
        let is_own =
            !wanted.is_empty() && super::door::is_same(given.as_bytes(), wanted.as_bytes());
        is_own.then_some(form)
    }

    /// Returns the first value of a field; empty if the form has none.
    pub(super) fn value(&self, name: &str) -> &str {
        self.values(name).next().unwrap_or_default()
    }

    /// Returns all values of a field, in order.
    pub(super) fn values(&self, name: &str) -> impl Iterator<Item = &str> {
        let fields = self.0.iter().filter(move |(field, _)| field == name);
        fields.map(|(_, value)| &**value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_needs_the_token() {
        let own = token();
        assert_eq!(own.len(), 32);
        for (typed, expected) in [
            (
                format!("name=Pell&token={own}&name=Ada+Pell"),
                Some(vec!["Pell", "Ada Pell"]),
            ),
            (format!("token={own}"), Some(vec![])),
            (format!("token={own}0"), None),
            ("token=&name=Pell".to_owned(), None),
            ("name=Pell".to_owned(), None),
            (String::new(), None),
        ] {
            let form = Form::read(typed.as_bytes());
            let names = form
                .as_ref()
                .map(|form| form.values("name").collect::<Vec<_>>());
            assert_eq!(names, expected, "{typed}");
        }
    }
}
