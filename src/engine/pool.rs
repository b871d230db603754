//! The thread pool: the only place that knows of threads.

use super::error::EngineError;

/// How many items a thread takes at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shares {
    /// A few large shares, for items that all take about the same time.
    Large,
    /// Small shares, where some items take longer: with large ones, threads wait for the last of them; that took a
    /// fifth of the time of the whole of Russia on two threads.
    Small,
}

#[cfg(feature = "threads")]
impl Shares {
    /// Number of small shares per thread, if all take equally long.
    const EACH: usize = 32;

    /// The largest number of items in a share.
    fn most(self, items: usize, threads: usize) -> usize {
        match self {
            Self::Small => items.div_ceil(Self::EACH * threads).max(1),
            Self::Large => items.max(1),
        }
    }
}

/// Runs blocks, in parallel where the feature `threads` is on.
#[derive(Debug)]
pub struct Pool {
    /// `None` with one thread: the caller's own needs no other. Handing each part of a step to a single worker and waiting
    /// for it took a tenth of the time of runs with few agents.
    #[cfg(feature = "threads")]
    workers: Option<rayon::ThreadPool>,
}

impl Pool {
    /// Creates a pool of `threads` threads; `None` = as many as the machine offers.
    pub fn new(threads: Option<usize>) -> Result<Self, EngineError> {
        #[cfg(feature = "threads")]
        {
            let workers = (threads != Some(1)).then(|| {
                let builder = rayon::ThreadPoolBuilder::new().num_threads(threads.unwrap_or(0));
                builder.build()
            });
            let workers = workers.transpose().map_err(|error| EngineError::Threads {
                message: error.to_string(),
            })?;
            // (A machine may offer only one.)
            let workers = workers.filter(|workers| workers.current_num_threads() > 1);
            Ok(Self { workers })
        }
        #[cfg(not(feature = "threads"))]
        {
            let _ = threads;
            Ok(Self {})
        }
    }

    /// Returns the results of a function over 0..pieces, in order.
    pub fn map<T: Send>(
        &self,
        pieces: usize,
        function: impl Fn(usize) -> T + Sync + Send,
    ) -> Vec<T> {
        #[cfg(feature = "threads")]
        if let Some(workers) = &self.workers {
            use rayon::prelude::*;
            return workers.install(|| (0..pieces).into_par_iter().map(function).collect());
        }
        (0..pieces).map(function).collect()
    }

    /// Folds every item into accumulators and joins these. Which items share an accumulator
    /// depends on the threads, so `fold` and `join` must be sums of integers.
    pub fn fold<I: Send, A: Send>(
        &self,
        items: &mut [I],
        shares: Shares,
        start: impl Fn() -> A + Sync + Send,
        fold: impl Fn(&mut A, &mut I) + Sync + Send,
        join: impl Fn(A, A) -> A + Sync + Send,
    ) -> A {
        #[cfg(feature = "threads")]
        if let Some(workers) = &self.workers {
            use rayon::prelude::*;
            let most = shares.most(items.len(), workers.current_num_threads());
            return workers.install(|| {
                items
                    .par_iter_mut()
                    .with_max_len(most)
                    .fold(&start, |mut sum, item| {
                        fold(&mut sum, item);
                        sum
                    })
                    .reduce(&start, join)
            });
        }
        let _ = (shares, join);
        let mut sum = start();
        for item in items {
            fold(&mut sum, item);
        }
        sum
    }
}
