//! Jobs on several threads, with results handed back one by one as they arrive.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;

/// Does jobs 0 to `count` - 1 on `threads` threads, starting them in this order, and hands each result to
/// `done` on the calling thread. Once `done` returns `false` no more jobs are started, but those already
/// started are still handed over.
pub fn jobs<T: Send>(
    count: usize,
    threads: usize,
    work: impl Fn(usize) -> T + Sync,
    mut done: impl FnMut(usize, T) -> bool,
) {
    let next = AtomicUsize::new(0);
    let (sender, receiver) = mpsc::channel();
    std::thread::scope(|scope| {
        for _ in 0..threads.clamp(1, count.max(1)) {
            let (sender, next, work) = (sender.clone(), &next, &work);
            scope.spawn(move || {
                loop {
                    let job = next.fetch_add(1, Ordering::Relaxed);
                    if job >= count || sender.send((job, work(job))).is_err() {
                        break;
                    }
                }
            });
        }
        drop(sender);
        for (job, result) in receiver {
            if !done(job, result) {
                next.store(count, Ordering::Relaxed);
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_job_is_done_once() {
        for threads in [1, 3, 100] {
            let mut results = vec![0; 50];
            jobs(
                50,
                threads,
                |job| job * job,
                |job, result| {
                    results[job] += result;
                    true
                },
            );
            assert!(
                results
                    .iter()
                    .enumerate()
                    .all(|(job, result)| *result == job * job)
            );
        }
        jobs(0, 2, |job| job, |_, _| panic!("there is nothing to do"));
    }

    #[test]
    fn no_job_is_begun_after_the_stop() {
        let handed = AtomicUsize::new(0);
        // Each job waits until the one before has been handed over, so that the stop takes effect in time.
        let work = |job: usize| {
            while handed.load(Ordering::Relaxed) < job {
                std::thread::yield_now();
            }
            job
        };
        let mut seen = Vec::new();
        jobs(1000, 1, work, |job, _| {
            seen.push(job);
            handed.store(seen.len(), Ordering::Relaxed);
            seen.len() < 3
        });
        // The third result stops it; a fourth job may already have been started.
        assert!(seen == [0, 1, 2] || seen == [0, 1, 2, 3], "{seen:?}");
    }
}
