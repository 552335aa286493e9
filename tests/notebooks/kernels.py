"""Fresh kernels, a few at a time, and a readable error when a cell fails."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable
from contextlib import asynccontextmanager
from pathlib import Path

from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

from ..patience import HANGING


class LessonFailed(Exception):
    """A lesson that does not run as it should; the message names notebook, cell and error."""


def together(tasks: list[Awaitable]) -> list:
    """The results of the tasks, as many at a time as there are processors.

    Where a lesson failed, its LessonFailed is the result, so that all that fail can be named at once.
    """

    async def gathered():
        gate = asyncio.Semaphore(os.cpu_count() or 1)
        return await asyncio.gather(*(gated(gate, task) for task in tasks), return_exceptions=True)

    loop = asyncio.SelectorEventLoop()  # the loop that ZeroMQ can use on Windows too
    try:
        results = loop.run_until_complete(gathered())
    finally:
        loop.close()
    for result in results:
        if isinstance(result, BaseException) and not isinstance(result, LessonFailed):
            raise result
    return results


async def gated(gate: asyncio.Semaphore, task: Awaitable):
    async with gate:
        return await task


@asynccontextmanager
async def kernel(notebook, folder: Path):
    """A client with a fresh kernel in `folder`.  The kernel is the Python that runs this."""
    client = NotebookClient(
        notebook,
        kernel_name="python3",
        extra_arguments=["--IPKernelApp.log_level=40"],  # errors only, no remark about TCP at every start
        resources={"metadata": {"path": str(folder)}},
        timeout=HANGING,
        record_timing=False,
        store_widget_state=False,
    )
    async with client.async_setup_kernel():
        yield client


async def run_cells(client: NotebookClient, name: str, first: int = 0) -> None:
    """Run all cells in place, from cell number `first` to the bottom."""
    for index, cell in enumerate(client.nb.cells[first:], first):
        try:
            await client.async_execute_cell(cell, index)
        except CellExecutionError as error:
            raise failed(name, index, cell.source, f"{error.ename}: {error.evalue}") from None
        except CellTimeoutError:
            raise failed(name, index, cell.source, f"took longer than {HANGING} s") from None
        except DeadKernelError:
            raise failed(name, index, cell.source, "the kernel died") from None


def failed(name: str, index: int, source: str, why: str) -> LessonFailed:
    """The error with the place where it happened: notebook, cell counted from 0, the cell's first line."""
    first_line = (source.strip().splitlines() or [""])[0]
    return LessonFailed(f"{name}, cell {index} ({first_line[:40]}): {why}")


async def value(client: NotebookClient, expression: str) -> str:
    """The repr of an expression in the kernel, without a trace in its history."""
    reply = await client.kc.execute(
        "", silent=True, user_expressions={"value": expression}, reply=True, timeout=HANGING
    )
    answer = reply["content"]["user_expressions"]["value"]
    if answer["status"] != "ok":
        raise LessonFailed(f"{expression}: {answer['ename']}: {answer['evalue']}")
    return answer["data"]["text/plain"]
