pub(super) fn lemma(_: &str) -> Option<&'static str> {
    None
}
