"""Runs the task of the command line, follows its jobs, and gives the exit code."""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from shannon_core.cli.arguments import task_of
from shannon_core.cli.terminal import Reporter, print_count, print_found_folders, print_rows, print_summary
from shannon_core.errors import RequestError, ShannonError, internal_error
from shannon_core.files.small_files import MAX_JOB_BYTES, read_small
from shannon_core.jobs.progress import Notice
from shannon_core.request.format_specs import FORMATS
from shannon_core.request.selection import Selection
from shannon_core.startup import starting

if TYPE_CHECKING:
    from shannon_core.jobs.worker import Job
    from shannon_core.plugins import Registry
    from shannon_core.session import Session


_log = logging.getLogger(__name__)


def run(options: argparse.Namespace) -> int:
    """Run the task of these options; the exit code."""
    reporter = Reporter(options.progress)
    try:
        if options.sources_here:
            print_found_folders(options.progress == "json")
            from shannon_core.sources.registry import SOURCES

            _tell_of_packages(reporter, SOURCES)
            return 0
        code = asyncio.run(_run(options, reporter))
        sys.stdout.flush()
        return code
    except ShannonError as error:
        reporter.error(error)
        return error.exit_code
    except BrokenPipeError:
        # the reader of the answer (head, less) has closed the pipe: not an error
        _forget_answers()
        return 0
    except OSError as error:
        _forget_answers()
        reporter.error(ShannonError("system_refused", reason=str(error)))
        return ShannonError.exit_code
    except Exception as error:  # noqa: BLE001 – a bug: logged with its traceback, and reported like any error
        _log.exception("the command failed unexpectedly")
        reporter.error(internal_error(error))
        return reporter.exit_code


def _tell_of_packages(reporter: Reporter, registry: Registry[Any]) -> None:
    """Report the packages whose entries were needed and cannot be used."""
    from shannon_core.jobs.plugin_notices import plugin_notices

    for notice in plugin_notices(registry):
        reporter.show(notice)


def _forget_answers() -> None:
    """Discard output that is not printed yet, so that flushing it at exit does not fail again."""
    with open(os.devnull, "w") as nowhere:  # noqa: PTH123 – /dev/null is not a file of ours
        os.dup2(nowhere.fileno(), sys.stdout.fileno())


async def _run(options: argparse.Namespace, reporter: Reporter) -> int:
    task = task_of(options, await _read_job(options.job) if options.job else "")
    _tell_of_packages(reporter, FORMATS)
    with starting():
        from shannon_core.session import Session

    prices = Path(options.prices) if options.prices else None
    session = await Session.open(task.sources, keep=not options.no_cache, prices=prices)
    try:
        code = await _follow(session.read(), reporter)
        if code:
            return code
        if options.rejects:
            rows = await session.save_rejects(Path(options.rejects), overwrite=options.force)
            reporter.show(Notice("rejects_saved", {"n": rows, "path": options.rejects}))
        if task.request is None:
            await _look(session, task.selection, options)
        else:
            code = await _follow(session.export(task.request), reporter)
        return code or int(options.strict and reporter.rejected > 0)
    finally:
        await session.close()


async def _read_job(name: str) -> str:
    try:
        return (await read_small(Path(name), MAX_JOB_BYTES)).decode()
    except (OSError, UnicodeDecodeError) as error:
        raise RequestError("job_unreadable", path=name, reason=str(error)) from error


async def _follow(job: Job, reporter: Reporter) -> int:
    """Show a job's progress; the first Ctrl+C cancels it cleanly."""
    loop = asyncio.get_running_loop()
    before = signal.signal(signal.SIGINT, lambda *_: loop.call_soon_threadsafe(job.cancel))
    try:
        async for event in job:
            reporter.show(event)
    finally:
        signal.signal(signal.SIGINT, before)
    return reporter.exit_code


async def _look(session: Session, selection: Selection, options: argparse.Namespace) -> None:
    if options.preview is not None:
        print_rows(await session.preview(selection, 0, options.preview), selection.time_range.timezone)
    elif options.count:
        print_count(await session.totals(selection))
    elif options.summary:
        found = await session.aggregations(selection, options.aggregate or [])
        print_summary(await session.totals(selection), list(found.values()))
