"""Work in threads: a worker and its connection, jobs with progress and cancellation, prefetching iterators."""
