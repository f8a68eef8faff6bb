"""Workers that hang, eat, sink, lie and die: each costs its own document only, and nothing stays behind."""

import os
import signal
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path
from time import monotonic

import psutil
import pytest

from reader.formats.errors import FormatError
from reader.formats.request import Limits
from reader.formats.worker.pool import Pool
from reader.model.errors import Cancelled
from tests.formats.worker.conftest import job

MEGABYTE = 1 << 20


def alive(pid: int) -> bool:
    return psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE


def wait_for_end(pid: int) -> None:
    """Ten seconds at most; what is there then is a failure."""
    pause = threading.Event()
    for _ in range(500):
        if not alive(pid):
            return
        pause.wait(0.02)
    os.kill(pid, signal.SIGKILL)
    pytest.fail(f"process {pid} is left behind")


def output_of(script: str, folder: Path) -> str:
    """What a program prints, whose temporary files go into `folder`."""
    done = subprocess.run(
        [sys.executable, "-c", script],
        stdout=subprocess.PIPE,
        text=True,
        timeout=60,
        cwd=Path(__file__).parents[3],
        env={**os.environ, "TMPDIR": str(folder)},
    )
    return done.stdout


def test_bytes_come_back_as_they_went(pool: Pool) -> None:
    frames = (b"", b"\x00\xff\n" * 1_000_000, "“—”".encode())
    answer = pool.run(job("echo", *frames, said=["é", 1, None]))
    assert tuple(answer.frames) == frames
    assert answer.header["said"] == ["é", 1, None]


def test_a_process_is_kept_warm_and_its_folder_goes_with_it(pool: Pool) -> None:
    first, second = (pool.run(job("echo", said=n)).header for n in range(2))
    assert first["pid"] == second["pid"]
    assert Path(first["folder"]).is_dir()
    pool.close()
    assert not Path(first["folder"]).exists()
    assert not alive(first["pid"])
    with pytest.raises(Cancelled):
        pool.run(job("echo", said=1))


def test_a_process_is_kept_however_much_memory_the_program_has(pool: Pool) -> None:
    """A system tells of a process what the one had that started it."""
    much = bytearray(b"x") * (400 * MEGABYTE)
    first, second = (pool.run(job("echo", said=n)).header["pid"] for n in range(2))
    assert first == second
    assert much


def test_one_that_needed_much_is_not_kept(pool: Pool) -> None:
    first = pool.run(job("need", bytes=300 * MEGABYTE)).header["pid"]
    assert pool.run(job("echo", said=1)).header["pid"] != first


@pytest.mark.parametrize(
    ("function", "limits", "header", "said"),
    [
        ("hang", Limits(seconds=0.3), {}, "“a.epub” was not read within a second: split it"),
        ("spin", Limits(seconds=0.3), {}, "“a.epub” was not read within a second: split it"),
        ("eat", Limits(memory=300 * MEGABYTE), {}, "“a.epub” needs more than 300 MB of memory"),
        ("sink", Limits(), {}, "“a.epub” is nested more deeply than any text is"),
        ("die", Limits(), {"signal": "SIGSEGV"}, "“a.epub” broke the program that reads such files (SIGSEGV)"),
        ("die", Limits(), {"signal": "SIGKILL"}, "(SIGKILL)"),
        ("die", Limits(), {"signal": "SIGABRT"}, "(SIGABRT)"),
        ("leave", Limits(), {}, "(it ended without an answer)"),
        ("refuse", Limits(), {}, "“a.epub” is locked."),
        ("fail", Limits(), {}, "“a.epub” is damaged, or made in a way that Passage does not know (KeyError)"),
        ("missing", Limits(), {}, "(AttributeError)"),
        ("lie", Limits(), {"bytes": "ffffffff" + "00" * 99}, "(it ended without an answer)"),
        ("lie", Limits(), {"bytes": "00000004" + b"nope".hex()}, "(it ended without an answer)"),
        ("lie", Limits(), {"bytes": "00000002" + b"{}".hex()}, "(it ended without an answer)"),
        ("lie", Limits(), {"bytes": "0000002a" + b'{"header":{},"frames":[9000000000000000]}\n'.hex()}, "ended"),
        ("lie", Limits(), {"bytes": "0000001b" + b'{"header":{},"frames":[-9]}'.hex()}, "ended without"),
    ],
)  # fmt: skip
def test_a_document_costs_itself_only(
    pool: Pool, function: str, limits: Limits, header: dict[str, object], said: str
) -> None:
    with pytest.raises(FormatError) as caught:
        pool.run(job(function, limits=limits, **header))
    sentence = str(caught.value)
    assert said in sentence
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert pool.run(job("echo", said="next")).header["said"] == "next"


def test_memory_is_watched_where_no_system_limits_it() -> None:
    pool = Pool(1, watched=True)
    with pytest.raises(FormatError, match="more than 150 MB of memory"):
        pool.run(job("eat", limits=Limits(memory=150 * MEGABYTE)))
    pool.close()


def test_memory_of_this_process_stays_put(pool: Pool) -> None:
    before = psutil.Process().memory_info().rss
    with pytest.raises(FormatError):
        pool.run(job("eat", limits=Limits(memory=600 * MEGABYTE)))
    with pytest.raises(FormatError):
        # It says that it sends half a gigabyte, and sends nothing.
        pool.run(job("lie", bytes="00000021" + b'{"header":{},"frames":[500000000]}'.hex()))
    assert psutil.Process().memory_info().rss - before < 50 * MEGABYTE


def test_what_a_parser_prints_or_asks_goes_nowhere(pool: Pool) -> None:
    assert pool.run(job("chatter")).header["asked"] == ""


def test_cancelling_ends_it_at_once_and_what_waits_too(pool: Pool) -> None:
    stop = threading.Event()
    futures = [pool.submit(job("hang"), stop.is_set) for _ in range(6)]
    began = monotonic()
    stop.set()
    for future in futures:
        with pytest.raises(Cancelled):
            future.result()
    # The limit of time is a minute: it is the stop that has ended them.
    assert monotonic() - began < 30
    assert not psutil.Process().children()


def test_closing_cancels_what_is_under_way() -> None:
    pool = Pool(1)
    running, waiting = pool.submit(job("hang")), pool.submit(job("hang"))
    while not pool._processes:
        pass
    pool.close()
    with pytest.raises(Cancelled):
        running.result()
    assert waiting.cancelled() or isinstance(waiting.exception(), Cancelled)
    assert not psutil.Process().children()


def test_an_urgent_job_does_not_wait_for_a_batch(pool: Pool) -> None:
    stop = threading.Event()
    futures = [pool.submit(job("hang"), stop.is_set) for _ in range(4)]
    assert pool.run(job("echo", said="now"), urgent=True).header["said"] == "now"
    stop.set()
    assert all(isinstance(future.exception(), Cancelled) for future in futures)


def test_as_many_at_once_as_there_is_room_for_and_one_is_kept(pool: Pool) -> None:
    futures = [pool.submit(job("echo", said=n)) for n in range(20)]
    assert [future.result().header["said"] for future in futures] == list(range(20))
    assert len({future.result().header["pid"] for future in futures}) <= 2
    pool.rest()
    assert len(psutil.Process().children()) == 1


def test_one_with_nothing_to_do_is_ended_where_that_is_asked_for() -> None:
    with closing(Pool(2, lingers=lambda: 0.05)) as pool:
        pids = {pool.submit(job("echo", said=n)).result().header["pid"] for n in range(3)}
        for pid in pids:
            wait_for_end(pid)
        assert not psutil.Process().children()
        assert pool.run(job("echo", said="after it")).header["pid"] not in pids


def test_a_batch_is_answered_though_processes_are_ended_between_its_jobs() -> None:
    with closing(Pool(2, lingers=lambda: 0.0005)) as pool:
        futures = [pool.submit(job("echo", said=n)) for n in range(30)]
        assert [future.result().header["said"] for future in futures] == list(range(30))
    assert not psutil.Process().children(recursive=True)


def test_one_that_died_idle_is_replaced_unseen(pool: Pool) -> None:
    pid = pool.run(job("echo", said=1)).header["pid"]
    child = psutil.Process(pid)
    os.kill(pid, signal.SIGKILL)
    while child.status() != psutil.STATUS_ZOMBIE:
        pass
    assert pool.run(job("echo", said=2)).header["pid"] != pid


def test_other_limits_are_another_process(pool: Pool) -> None:
    pid = pool.run(job("echo", said=1)).header["pid"]
    assert pool.run(job("echo", said=1, limits=Limits(memory=512 * MEGABYTE))).header["pid"] != pid
    assert not alive(pid)


def test_a_warmed_process_takes_the_first_job(pool: Pool) -> None:
    pool.warm(job("echo", said="practice"))
    pool.warm(job("echo", said="practice"))
    (child,) = psutil.Process().children()
    answer = pool.run(job("echo", said="first"), urgent=True)
    assert (answer.header["said"], answer.header["pid"]) == ("first", child.pid)


def test_a_cancelled_function_that_fails_ends_the_job(pool: Pool) -> None:
    def broken() -> bool:
        if pool._processes:
            raise RuntimeError
        return False

    with pytest.raises(Cancelled):
        pool.run(job("hang"), broken)


def test_folders_of_a_program_that_was_killed_are_swept(
    pool: Pool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    left, others = tmp_path / f"passage-worker-{ended.pid}-x", tmp_path / f"passage-worker-{os.getpid()}-x"
    for folder in (left, others, tmp_path / "passage-worker-notes-x"):
        folder.mkdir()
    own = Path(pool.run(job("echo", said=1)).header["folder"])
    assert set(tmp_path.iterdir()) == {own, others, tmp_path / "passage-worker-notes-x"}


@pytest.mark.skipif(not hasattr(signal, "SIGIO"), reason="the system has no signal for it")
@pytest.mark.parametrize("function", ["hang", "spin"])
def test_a_worker_ends_with_the_program_even_in_the_middle_of_a_job(function: str, tmp_path: Path) -> None:
    script = (
        "import os, signal, threading\n"
        "from reader.formats.worker.pool import Pool\n"
        "from tests.formats.worker.conftest import job\n"
        "pool = Pool(1)\n"
        "pid = pool.run(job('echo', said=1)).header['pid']\n"
        f"pool.submit(job('{function}'))\n"
        "while not pool._watch._watched: pass\n"
        "threading.Event().wait(0.3)\n"
        "print(pid, flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    wait_for_end(int(output_of(script, tmp_path)))


@pytest.mark.skipif(not hasattr(signal, "SIGIO"), reason="the system has no signal for it")
def test_a_converter_ends_with_the_program_too(tmp_path: Path) -> None:
    script = (
        "import os, psutil, signal\n"
        "from reader.formats.worker.pool import Pool\n"
        "from tests.formats.worker.conftest import job\n"
        "pool = Pool(1)\n"
        "pid = pool.run(job('echo', said=1)).header['pid']\n"
        "pool.submit(job('run_forever'))\n"
        "while not (children := psutil.Process(pid).children()): pass\n"
        "print(pid, children[0].pid, flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    for pid in map(int, output_of(script, tmp_path).split()):
        wait_for_end(pid)


def test_a_program_that_forgets_to_close_leaves_nothing(tmp_path: Path) -> None:
    script = (
        "from reader.formats.worker.pool import Pool\n"
        "from tests.formats.worker.conftest import job\n"
        "answer = Pool(1).run(job('echo', said=1))\n"
        "print(answer.header['pid'], answer.header['folder'])\n"
    )
    pid, folder = output_of(script, tmp_path).split()
    assert Path(folder).parent == tmp_path
    assert not alive(int(pid))
    assert not Path(folder).exists()
