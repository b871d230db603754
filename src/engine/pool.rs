//! Threads: the one place that knows of them.

use super::error::EngineError;

/// Shares that each thread takes of what is to be done, where all take as long.
#[cfg(feature = "threads")]
const SHARES: usize = 32;

/// Runs blocks, in parallel where the feature `threads` is on.
#[derive(Debug)]
pub struct Pool {
    #[cfg(feature = "threads")]
    pool: rayon::ThreadPool,
}

impl Pool {
    /// A pool of so many threads; `None` = as many as the machine offers.
    pub fn new(threads: Option<usize>) -> Result<Self, EngineError> {
        #[cfg(feature = "threads")]
        {
            rayon::ThreadPoolBuilder::new()
                .num_threads(threads.unwrap_or(0))
                .build()
                .map(|pool| Self { pool })
                .map_err(|error| EngineError::Threads {
                    message: error.to_string(),
                })
        }
        #[cfg(not(feature = "threads"))]
        {
            let _ = threads;
            Ok(Self {})
        }
    }

    /// How many of so many items one thread takes at a time, at most, if it takes [`SHARES`].
    #[cfg(feature = "threads")]
    fn small_share(&self, items: usize) -> usize {
        match self.pool.current_num_threads() {
            1 => items.max(1),
            threads => items.div_ceil(SHARES * threads).max(1),
        }
    }

    /// The results of a function over 0..pieces, in order.
    pub fn map<T: Send>(
        &self,
        pieces: usize,
        function: impl Fn(usize) -> T + Sync + Send,
    ) -> Vec<T> {
        #[cfg(feature = "threads")]
        {
            use rayon::prelude::*;
            self.pool
                .install(|| (0..pieces).into_par_iter().map(function).collect())
        }
        #[cfg(not(feature = "threads"))]
        {
            (0..pieces).map(function).collect()
        }
    }

    /// Folds every item into accumulators and joins these. Which items share an accumulator
    /// depends on the threads: `fold` and `join` must be sums of integers.
    pub fn fold<I: Send, A: Send>(
        &self,
        items: &mut [I],
        start: impl Fn() -> A + Sync + Send,
        fold: impl Fn(&mut A, &mut I) + Sync + Send,
        join: impl Fn(A, A) -> A + Sync + Send,
    ) -> A {
        let all = items.len().max(1);
        self.fold_at_most(all, items, start, fold, join)
    }

    /// [`Pool::fold`] of items of which some take longer than others: in small shares. Left to itself rayon makes a
    /// few large ones, and a thread waits for the last: a fifth of the time of Russia whole on two threads.
    pub fn fold_uneven<I: Send, A: Send>(
        &self,
        items: &mut [I],
        start: impl Fn() -> A + Sync + Send,
        fold: impl Fn(&mut A, &mut I) + Sync + Send,
        join: impl Fn(A, A) -> A + Sync + Send,
    ) -> A {
        #[cfg(feature = "threads")]
        let most = self.small_share(items.len());
        #[cfg(not(feature = "threads"))]
        let most = items.len();
        self.fold_at_most(most, items, start, fold, join)
    }

    /// With at most so many items an accumulator.
    fn fold_at_most<I: Send, A: Send>(
        &self,
        most: usize,
        items: &mut [I],
        start: impl Fn() -> A + Sync + Send,
        fold: impl Fn(&mut A, &mut I) + Sync + Send,
        join: impl Fn(A, A) -> A + Sync + Send,
    ) -> A {
        #[cfg(feature = "threads")]
        {
            use rayon::prelude::*;
            self.pool.install(|| {
                items
                    .par_iter_mut()
                    .with_max_len(most)
                    .fold(&start, |mut sum, item| {
                        fold(&mut sum, item);
                        sum
                    })
                    .reduce(&start, join)
            })
        }
        #[cfg(not(feature = "threads"))]
        {
            let _ = (most, join);
            let mut sum = start();
            for item in items {
                fold(&mut sum, item);
            }
            sum
        }
    }
}
