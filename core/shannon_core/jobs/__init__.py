"""Work in threads: a worker and its connection, jobs with progress and cancellation, prefetching iterators.

Imports messages, errors, files and plug-ins: nothing of events.
"""
