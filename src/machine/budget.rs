//! A budget of memory that several threads share.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// A number of bytes that threads take parts of.
#[derive(Debug)]
pub struct Budget {
    left: Mutex<u64>,
    freed: Condvar,
    whole: u64,
}

/// A part of a budget, given back when it is dropped.
#[derive(Debug)]
pub struct Reservation {
    budget: Arc<Budget>,
    bytes: u64,
}

impl Budget {
    /// Returns a budget of that many bytes.
    pub fn new(whole: u64) -> Arc<Self> {
        Arc::new(Self {
            left: Mutex::new(whole),
            freed: Condvar::new(),
            whole,
        })
    }

    /// Waits until that many bytes are left, and takes them. A larger part takes the whole budget.
    pub fn take(self: &Arc<Self>, bytes: u64) -> Reservation {
        loop {
            if let Some(part) = self.take_within(Duration::MAX, bytes) {
                return part;
            }
        }
    }

    /// Does the same, but returns `None` if they are not left after a time.
    pub fn take_within(self: &Arc<Self>, time: Duration, bytes: u64) -> Option<Reservation> {
        let bytes = bytes.min(self.whole);
        let is_missing = |left: &mut u64| *left < bytes;
        let waited = (self.freed).wait_timeout_while(self.left(), time, is_missing);
        let (mut left, _) = waited.unwrap_or_else(PoisonError::into_inner);
        *left = left.checked_sub(bytes)?;
        Some(Reservation {
            budget: Arc::clone(self),
            bytes,
        })
    }

    fn left(&self) -> MutexGuard<'_, u64> {
        self.left.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Reservation {
    fn drop(&mut self) {
        *self.budget.left() += self.bytes;
        self.budget.freed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU64, Ordering};
    use std::thread;

    use super::*;

    #[test]
    fn parts_stay_within_the_budget() {
        let budget = Budget::new(10);
        let most = AtomicU64::new(0);
        let at_once = AtomicU64::new(0);
        thread::scope(|scope| {
            for size in [3, 10, 4, 25, 1, 7, 10, 2] {
                let (budget, most, at_once) = (&budget, &most, &at_once);
                scope.spawn(move || {
                    for _ in 0..50 {
                        let part = budget.take(size);
                        let now = at_once.fetch_add(part.bytes, Ordering::SeqCst) + part.bytes;
                        most.fetch_max(now, Ordering::SeqCst);
                        thread::yield_now();
                        at_once.fetch_sub(part.bytes, Ordering::SeqCst);
                    }
                });
            }
        });
        assert_eq!(*budget.left(), 10, "all is returned");
        assert!((1..=10).contains(&most.into_inner()));
    }

    #[test]
    fn waits_no_longer_than_it_is_told() {
        let budget = Budget::new(10);
        let part = budget.take(8);
        let soon = Duration::from_millis(1);
        assert!(budget.take_within(soon, 3).is_none());
        assert!(budget.take_within(soon, 2).is_some());
        drop(part);
        assert!(budget.take_within(soon, 12).is_some());
    }
}
