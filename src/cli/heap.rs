//! How much memory the heap keeps that is in use no longer.

/// From this size on, in bytes, a piece of memory goes back to the system as soon as it is free.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
const LARGE: i32 = 1 << 20;

/// How many parts the heap has at the most. Each may reserve 64 MB of addresses, which a limit of
/// addresses (`ulimit -v`) counts.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
const MOST_PARTS: i32 = 8;

/// Lets the heap have no more parts than there are cores and give large pieces back at once. To be
/// called before there is a second thread.
///
/// The GNU C library gives almost every thread a part of the heap of its own, what is free in one
/// part is of no use in another, and pieces come to count as large only past what was once freed. An
/// index run starts new threads again and again, and merges read files of many megabytes: over
/// 200,000 files it took up to 372 MB, and so it takes 163 to 178 MB, where 20,000 take 150. Other
/// systems' heaps have neither.
pub fn keep_little() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let parts = i32::try_from(cores).unwrap_or(i32::MAX).min(MOST_PARTS);
        #[expect(unsafe_code, reason = "there is no other way to set this")]
        // SAFETY: the calls read no memory of ours and set two numbers of the heap's. They are safe
        // where no other thread uses the heap meanwhile, and the program has not started any yet.
        unsafe {
            libc::mallopt(libc::M_ARENA_MAX, parts);
            libc::mallopt(libc::M_MMAP_THRESHOLD, LARGE);
        }
    }
}
