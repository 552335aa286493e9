"""A long run in chunks: it ends, stops, begins anew, and survives a chunk that fails."""

import asyncio

import pytest

from gradlib.longrun import PAUSE, LongRun


@pytest.fixture
def done():
    """What has been worked on: (number of the run, number of the chunk)."""
    return []


@pytest.fixture
def run(done):
    runs = iter(range(10))

    def begin():
        number = next(runs)
        for chunk in range(100):
            done.append((number, chunk))
            yield

    return LongRun("train", begin, chunks=5)


async def until_idle(run):
    while run.button.description != "train":
        await asyncio.sleep(PAUSE)


def test_without_a_loop_it_plays_to_its_end(run, done):
    run.button.click()
    assert done == [(0, chunk) for chunk in range(5)]
    assert (run.bar.value, run.button.description) == (5, "train")


def test_pressed_again_it_stops(run, done):
    async def story():
        run.button.click()
        await asyncio.sleep(0)
        assert run.button.description == "stop"
        run.button.click()
        await until_idle(run)

    asyncio.run(story())
    assert done == [(0, 0)] and run.bar.value == 1


def test_a_control_that_moves_stops_it_and_empties_the_bar(run, done):
    async def story():
        run.button.click()
        await asyncio.sleep(0)
        run.stop({"new": 1})
        await until_idle(run)

    asyncio.run(story())
    assert done == [(0, 0)] and run.bar.value == 0


def test_stopped_and_begun_anew_within_one_chunk_only_the_new_run_goes_on(run, done):
    async def story():
        for _ in range(3):   # begin, stop, begin
            run.button.click()
            await asyncio.sleep(0)
        await until_idle(run)

    asyncio.run(story())
    assert done == [(0, 0)] + [(1, chunk) for chunk in range(5)]
    assert run.bar.value == 5


def test_a_chunk_that_fails_leaves_the_button_ready():
    def begin():
        yield
        raise ZeroDivisionError

    run = LongRun("train", begin, chunks=5)
    with pytest.raises(ZeroDivisionError):
        asyncio.run(run.play())
    assert run.button.description == "train"
