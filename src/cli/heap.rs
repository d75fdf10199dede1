//! Limits the free memory that the heap keeps for itself.

/// The size in bytes from which memory is returned to the system as soon as it is freed.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
const MMAP_THRESHOLD: i32 = 1 << 20;

/// The most arenas. Each may reserve 64 MB of address space, which counts towards a limit on that
/// (`ulimit -v`).
#[cfg(all(target_os = "linux", target_env = "gnu"))]
const MAX_ARENAS: i32 = 8;

/// Limits the heap to one arena a core, and returns large allocations to the system when they are
/// freed. Must be called while there is only one thread.
///
/// By default, the GNU C library gives almost every thread an arena, memory that is free in one arena
/// is not used for another, and the size from which an allocation counts as large grows with the
/// allocations that were freed. An index run starts many threads and its merges read files of many
/// megabytes: over 200,000 files it took up to 372 MB with the defaults, and takes 163 to 178 MB with
/// these settings (20,000 files: 150 MB). Other C libraries do not need this.
pub fn limit_memory() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let arenas = i32::try_from(cores).unwrap_or(i32::MAX).min(MAX_ARENAS);
        #[expect(unsafe_code, reason = "mallopt has no safe wrapper")]
        // SAFETY: mallopt takes two numbers and reads no memory of the caller. It must not run
        // concurrently with other uses of the heap, and this process has only one thread yet.
        unsafe {
            libc::mallopt(libc::M_ARENA_MAX, arenas);
            libc::mallopt(libc::M_MMAP_THRESHOLD, MMAP_THRESHOLD);
        }
    }
}
