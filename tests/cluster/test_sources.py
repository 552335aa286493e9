"""Functions, files and URLs as sources, and what is wrong with them in one sentence with the shard's number."""

import contextlib
import gzip
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import numpy as np
import pytest

from gradlib import calculus, cluster

from . import rows
from .test_sums import near

HEAD = "a,b,c,d,e,y\n"


def table(X, y, head=HEAD):
    return head + "".join(",".join(map(repr, map(float, row))) + "\n" for row in np.column_stack([X, y]))


@pytest.fixture
def folder(tmp_path):
    """The shards of `rows` as files of every kind."""
    for i in range(len(rows.SIZES)):
        X, y = rows.shard(i)
        if i % 3 == 0:
            np.savez(tmp_path / f"part-{i}.npz", X=X, y=y)
        elif i % 3 == 1:
            (tmp_path / f"part-{i}.csv").write_text(table(X, y))
        else:
            (tmp_path / f"part-{i}.csv.gz").write_bytes(gzip.compress(table(X, y).encode()))
    return tmp_path


@contextlib.contextmanager
def served(folder):
    """The address of a web server for this folder, on this machine."""
    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_):
            """Say nothing."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def trouble(*sources):
    """The `ShardError` of these sources, one sentence long."""
    with cluster.open(list(sources), "serial") as data, pytest.raises(cluster.ShardError) as found:
        len(data)
    assert "\n" not in str(found.value)
    return found.value


@pytest.mark.parametrize("where", ["serial", "threads"])
def test_files_of_every_kind_hold_the_same_rows(folder, where):
    X, y = rows.data()
    with cluster.open(cluster.files(folder / "part-*"), where, workers=2) as data:
        assert data.sizes.tolist() == list(rows.SIZES)
        near(data.gradient(cluster.linear)(np.ones(5)), calculus.linear_gradient(X, y, np.ones(5)))


def test_urls_hold_what_files_hold(folder):
    X, y = rows.data()
    with served(folder) as address:
        names = [f"{address}/{path.name}" for path in sorted(folder.iterdir())]
        with cluster.open(names, workers=2) as data:
            near(data.gradient(cluster.linear)(np.ones(5)), calculus.linear_gradient(X, y, np.ones(5)))
        found = trouble(names[0], f"{address}/part-99.csv")
    assert found.number == 1 and "part-99.csv" in str(found) and "404" in str(found)


def test_a_server_that_is_away_is_named():
    with served(".") as address:
        pass
    assert "URLError" in str(trouble(f"{address}/part-0.csv"))


def test_names():
    assert cluster.numbered("https://example.org/{:02}.csv", 3) == [f"https://example.org/0{i}.csv" for i in range(3)]
    with pytest.raises(ValueError, match="number"):
        cluster.numbered("part.csv", 3)
    with pytest.raises(FileNotFoundError, match="part-"):
        cluster.files("nowhere/part-*.csv")


@pytest.mark.parametrize("content, said", [
    (None, "FileNotFoundError"),
    ("", "empty"),
    (HEAD + "1,2,3,4,five,6\n", "five"),
    (HEAD + "1,2,3\n1,2\n", "columns"),
    (HEAD + "1,2,3,4,,6\n", "convert"),
    (HEAD + "1,2,3,4,nan,6\n", "not finite"),
    ("a,b,y\n1,2,3\n", "2 columns, and shard 0 has 5"),
    ("a,b,c,e,d,y\n1,2,3,4,5,6\n", "a, b, c, e, d"),
    ("y\n1\n", r"(1, 0)"),
], ids=lambda value: str(value)[:20].strip())
def test_a_bad_file_is_one_sentence(tmp_path, content, said):
    (tmp_path / "part-0.csv").write_text(HEAD + "1,2,3,4,5,6\n")
    bad = tmp_path / "part-1.csv"
    if content is not None:
        bad.write_text(content)
    found = trouble(tmp_path / "part-0.csv", bad)
    assert found.number == 1 and str(found).startswith("shard 1 (part-1.csv): ") and said in str(found)


def test_bad_archives_are_one_sentence(tmp_path):
    np.savez(tmp_path / "a.npz", X=np.ones((2, 2)), z=np.ones(2))
    np.savez(tmp_path / "b.npz", X=np.array([{}]), y=np.ones(1))
    (tmp_path / "c.npz").write_bytes(b"this is no archive")
    assert "no array called y" in str(trouble(tmp_path / "a.npz"))
    for name in ("b.npz", "c.npz"):
        assert str(trouble(tmp_path / name)).startswith(f"shard 0 ({name}): ValueError: ")


@pytest.mark.parametrize("given, said", [
    (lambda: (np.ones((3, 2)), np.ones(4)), r"(4,)"),
    (lambda: (np.ones(3), np.ones(3)), "X has shape"),
    (lambda: (np.array([["a"]]), np.ones(1)), "numbers only"),
    (lambda: np.ones((3, 2)), "Error"),
    (lambda: None, "Error"),
])
def test_a_function_that_gives_something_else_is_one_sentence(given, said):
    found = trouble(given)
    assert str(found).startswith("shard 0 (<lambda>): ") and said in str(found)


def test_only_what_failed_is_loaded_again(tmp_path):
    X, y = rows.data()
    with cluster.open([partial(rows.permitted, tmp_path, i) for i in range(8)], workers=2) as data:
        with pytest.raises(cluster.ShardError, match="the disk is away"):
            len(data)
        (tmp_path / rows.PERMITTED).touch()
        assert len(data) == len(y)
        (tmp_path / rows.PERMITTED).unlink()
        near(data.gradient(cluster.linear)(np.ones(5)), calculus.linear_gradient(X, y, np.ones(5)))
    assert all((tmp_path / f"loaded-{i}").read_text() == "." for i in range(8))


def test_a_mended_file_is_read_by_the_next_question(tmp_path):
    good, bad = tmp_path / "part-0.csv", tmp_path / "part-1.csv"
    good.write_text(HEAD + "1,2,3,4,5,6\n")
    bad.write_text("a,y\n1,2\n")
    with cluster.open([good, bad], "serial") as data:
        with pytest.raises(cluster.ShardError):
            len(data)
        bad.write_text(HEAD + "1,2,3,4,5,6\n1,2,3,4,5,6\n")
        assert data.sizes.tolist() == [1, 2]


# ------------------------------------------------------------------------------- what is asked

@pytest.mark.parametrize("sources", [[], "part-*.csv", rows.data(), [3], None, lambda: None])
def test_sources_are_a_list_of_sources(sources):
    with pytest.raises(TypeError, match="source"):
        cluster.open(sources)


@pytest.mark.parametrize("where", ["process", "10.0.0.5:8786", None])
def test_an_unknown_place_is_named(where):
    with pytest.raises(ValueError, match="where must be"):
        cluster.open(rows.sources(), where)


@pytest.mark.parametrize("workers", [0, 1.5, True])
def test_workers_are_counted(workers):
    with pytest.raises((ValueError, TypeError), match="workers"):
        cluster.open(rows.sources(), workers=workers)


@pytest.mark.parametrize("batch", [[103], [-1], [0.5], [], [[1, 2]], [True] * 103])
def test_a_batch_holds_numbers_of_rows(batch):
    with cluster.open(rows.sources(), "serial") as data, pytest.raises((ValueError, IndexError), match="batch"):
        data.gradient(cluster.linear)(np.ones(5), batch)


@pytest.mark.parametrize("part, said", [
    (lambda w, X, y: X.T.dot(y), "pair"),
    (lambda w, X, y: (0.0, w[:-1]), r"\(4,\)"),
    (lambda w, X, y: (y, w), "one number"),
    (lambda w, X, y: 1 / 0, "ZeroDivisionError"),
    (lambda w, X, y: (0.0, None), "slope"),
    (lambda w, X: (0.0, w), "TypeError"),
])
def test_a_part_that_gives_something_else_is_one_sentence(part, said):
    with cluster.open(rows.sources(), "serial") as data:
        for ask in (lambda: data.gradient(part)(np.ones(5)),
                    lambda: data.local_steps(part, np.ones(5), 0.1, 1, 1, seed=0) if said != "one number" else
                    data.gradient(part)(np.ones(5))):
            with pytest.raises(cluster.ShardError, match=said) as found:
                ask()
            assert "\n" not in str(found.value) and found.value.number == 0


def test_targets_of_logistic_regression_lie_between_0_and_1():
    with cluster.open([(np.ones((2, 1)), np.array([0.0, 2]))]) as data:
        with pytest.raises(cluster.ShardError, match="between 0"):
            data.gradient(cluster.logistic)(np.ones(1))


def test_no_rows_have_no_mean():
    with cluster.open([(np.ones((0, 2)), np.ones(0))] * 2) as data:
        assert len(data) == 0 and data.columns == 2
        with pytest.raises(ValueError, match="no shard has a row"):
            data.gram()


def test_more_shards_than_rows_are_refused():
    with pytest.raises(ValueError, match="at most 4"):
        cluster.split(np.ones((4, 1)), np.ones(4), 5)


def test_closed_shards_say_so():
    with cluster.open(rows.sources()) as data:
        pass
    data.close()
    with pytest.raises(ValueError, match="closed"):
        len(data)


def test_where_no_thread_can_start_the_work_is_done_in_this_one(monkeypatch):
    def refuse(_):
        raise RuntimeError("can't start new thread")
    monkeypatch.setattr(threading.Thread, "start", refuse)
    X, y = rows.data()
    with cluster.open(rows.sources()) as data:
        near(data.gradient(cluster.linear)(np.ones(5)), calculus.linear_gradient(X, y, np.ones(5)))


def test_an_interrupt_leaves_nothing_running():
    def interrupted(w, X, y):
        raise KeyboardInterrupt
    data = cluster.open(rows.sources(), workers=2)
    with pytest.raises(KeyboardInterrupt), data:
        data.gradient(interrupted)(np.ones(5))
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("shard")]
