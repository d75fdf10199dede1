//! How much memory the heap keeps that is in use no longer.

/// Lets the heap have no more parts than there are cores, before it has more than one.
///
/// The GNU C library gives almost every thread a part of the heap of its own, and what is free in one
/// part is of no use in another. An index run starts new threads again and again: over 200,000 files it
/// took up to 372 MB, and with one part a core 203 MB, about as much as over 20,000. Other systems
/// have no such parts.
pub fn share_between_threads() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let parts = i32::try_from(cores).unwrap_or(i32::MAX);
        #[expect(unsafe_code, reason = "there is no other way to set this")]
        // SAFETY: the call reads no memory of ours and sets a number of the heap's. It is safe where
        // no other thread uses the heap meanwhile, and the program has not started any yet.
        unsafe {
            libc::mallopt(libc::M_ARENA_MAX, parts);
        }
    }
}
