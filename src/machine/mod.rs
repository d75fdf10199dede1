//! The cores and the memory of the machine, and how an index run divides them.
//!
//! The memory of a run does not grow with the number of files, and with the number of threads only
//! as far as the machine allows.

pub mod budget;

use std::thread;

use sysinfo::{MemoryRefreshKind, Pid, ProcessRefreshKind, ProcessesToUpdate, RefreshKind, System};

/// The memory of a run without its threads, in bytes: the program, the people model, a merge.
const BASE_MEMORY: u64 = 96 << 20;

/// The memory of one reading thread, in bytes: its stack, its text, and what the heap keeps for it.
const THREAD_MEMORY: u64 = 16 << 20;

/// The largest arena of one engine thread, in bytes. Smaller arenas make smaller segments, and
/// merging those costs CPU time: at 15 MB a run takes twice as much in all.
const LARGEST_ARENA: u64 = 50_000_000;

/// The smallest arena that the engine accepts, in bytes (tantivy's `MEMORY_BUDGET_NUM_BYTES_MIN`,
/// with a margin).
const SMALLEST_ARENA: u64 = 16_000_000;

/// The most engine threads (tantivy's `MAX_NUM_THREAD`).
const MOST_ENGINE_THREADS: usize = 8;

/// The most reading threads.
const MOST_THREADS: usize = 1024;

/// About how many bytes of memory a large file takes per byte: its text is held whole and cleaned
/// in pieces.
const MEMORY_PER_FILE: u64 = 5;

/// The largest file that is read on a machine with very little memory, in bytes; larger than any
/// article.
const LEAST_FILE: u64 = 4 << 20;

/// About how many bytes of memory cleaning and fielding take per byte of text.
const MEMORY_PER_TEXT: u64 = 14;

/// The most text that all threads work on at once, in bytes, unless a single file is larger. In the
/// worst case cleaning takes some hundred times the memory of the text.
const MOST_TEXT: u64 = 8 << 20;

/// The most bytes of documents that wait for the engine's threads: some seven hundred articles, so that no
/// engine thread has to wait while reading threads do other work.
const MOST_QUEUED: u64 = 16 << 20;

/// The cores and the memory that this process may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Machine {
    /// The number of cores, at least one.
    pub cores: usize,
    /// The memory in bytes: the machine's, or less if a control group or a resource limit says so.
    pub memory: u64,
}

/// An index run's shares of a machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shares {
    /// How many threads read, clean and field files.
    pub threads: usize,
    /// How many engine threads write segments.
    pub engine_threads: usize,
    /// The memory arena of each engine thread, in bytes.
    pub arena: usize,
    /// How many bytes of documents wait for the engine's threads.
    pub queue: u64,
    /// How much text all threads may work on at once, in bytes. A larger file is worked on alone.
    pub text: u64,
    /// The largest file that is read, in bytes.
    pub largest_file: u64,
}

impl Machine {
    /// Returns the machine that this process runs on, within its limits.
    pub fn here() -> Self {
        Self {
            cores: thread::available_parallelism().map_or(1, usize::from),
            memory: memory(),
        }
    }

    /// Divides the machine for an index run of `wanted` reading threads; one per core if `None`.
    ///
    /// Of the memory above what every run takes, a quarter is for reading threads, a quarter for
    /// the engine's arenas and a quarter for text. There is at least one thread of each kind.
    pub fn share(self, wanted: Option<usize>) -> Shares {
        let quarter = self.memory.saturating_sub(BASE_MEMORY) / 4;
        let affordable = |each: u64| usize::try_from(quarter / each).unwrap_or(usize::MAX).max(1);
        let threads = wanted
            .unwrap_or(self.cores)
            .clamp(1, affordable(THREAD_MEMORY).min(MOST_THREADS));
        // The engine's threads use somewhat less than half of the CPU time.
        let engine_threads = (threads / 2)
            .clamp(threads.min(2), MOST_ENGINE_THREADS)
            .min(affordable(SMALLEST_ARENA));
        let arena = (quarter / engine_threads as u64).clamp(SMALLEST_ARENA, LARGEST_ARENA);
        Shares {
            threads,
            engine_threads,
            arena: usize::try_from(arena).unwrap_or(usize::MAX),
            queue: (quarter / 4).clamp(1 << 20, MOST_QUEUED),
            text: (quarter / MEMORY_PER_TEXT).clamp(1 << 20, MOST_TEXT),
            largest_file: (3 * quarter / MEMORY_PER_FILE).max(LEAST_FILE),
        }
    }
}

/// Returns how much memory this process may use, in bytes; `u64::MAX` if that is unknown.
fn memory() -> u64 {
    let nothing = MemoryRefreshKind::nothing().with_ram();
    let system = System::new_with_specifics(RefreshKind::nothing().with_memory(nothing));
    let mut limits = vec![resource_limit()];
    if let Ok(mut system) = system {
        limits.push(Some(system.total_memory()));
        let own = Pid::from_u32(std::process::id());
        let _ = system.refresh_processes_specifics(
            ProcessesToUpdate::Some(&[own]),
            true,
            ProcessRefreshKind::nothing(),
        );
        let group = system.process(own).and_then(|own| own.cgroup_limits());
        limits.push(group.map(|group| group.total_memory));
    }
    let known = limits.into_iter().flatten().filter(|&limit| limit > 0);
    known.min().unwrap_or(u64::MAX)
}

/// Returns the resource limit of this process's memory (`ulimit -v`, `ulimit -d`), in bytes.
fn resource_limit() -> Option<u64> {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, getrlimit};
        let limits = [Resource::As, Resource::Data];
        limits
            .into_iter()
            .filter_map(|resource| getrlimit(resource).current)
            .min()
    }
    #[cfg(not(unix))]
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_fit_every_machine() {
        for cores in [1, 2, 6, 7, 8, 16, 64, 256] {
            for memory in [64 << 20, 512 << 20, 1 << 30, 16 << 30, 1 << 40, u64::MAX] {
                for wanted in [None, Some(0), Some(1), Some(7), Some(256), Some(usize::MAX)] {
                    let machine = Machine { cores, memory };
                    let shares = machine.share(wanted);
                    let at = format!("{machine:?}, {wanted:?}: {shares:?}");
                    assert!((1..=MOST_THREADS).contains(&shares.threads), "{at}");
                    assert!(shares.threads <= wanted.unwrap_or(cores).max(1), "{at}");
                    assert!((1..=8).contains(&shares.engine_threads), "{at}");
                    assert!(shares.arena >= 15_000_000, "{at}");
                    let taken = shares.threads as u64 * THREAD_MEMORY
                        + (shares.engine_threads * shares.arena) as u64;
                    assert!(memory < 512 << 20 || taken <= memory / 2, "{at}");
                }
            }
        }
    }

    #[test]
    fn shares_of_common_machines() {
        let shares = |cores: usize, memory: u64| {
            let shares = Machine { cores, memory }.share(None);
            (shares.threads, shares.engine_threads, shares.arena)
        };
        assert_eq!(shares(1, 8 << 30), (1, 1, 50_000_000));
        assert_eq!(shares(2, 24 << 30), (2, 2, 50_000_000));
        assert_eq!(shares(8, 16 << 30), (8, 4, 50_000_000));
        assert_eq!(shares(64, 256 << 30), (64, 8, 50_000_000));
        assert_eq!(shares(64, 512 << 20), (6, 3, 36_350_634));
        assert_eq!(shares(64, 256 << 20), (2, 2, 20_971_520));
        assert_eq!(shares(64, 128 << 20), (1, 1, 16_000_000));
    }

    #[test]
    fn this_machine_has_cores_and_memory() {
        let here = Machine::here();
        assert!(here.cores >= 1 && here.memory > 1 << 24, "{here:?}");
    }
}
