"""What a running process costs: CPU time to the nanosecond and resident memory, its children included (Linux)."""

import time
from collections.abc import Iterable
from pathlib import Path

CPUCLOCK_SCHED = 2
MEGABYTE = 1_000_000


def family(pid: int) -> list[int]:
    """The process and all its living descendants."""
    members = [pid]
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        members += family(int(child))
    return members


def cpu_seconds(pids: Iterable[int]) -> float:
    """User and system time of all threads, by the scheduler's own clock: /proc/PID/stat only counts 10 ms ticks."""
    return sum(time.clock_gettime_ns(_clock_of(pid)) for pid in pids) / 1e9


def memory_megabytes(pids: Iterable[int], field: str = "VmRSS") -> float:
    """Resident memory now; `VmHWM` gives the highest it has been."""
    return sum(_status_kilobytes(pid, field) for pid in pids) * 1024 / MEGABYTE


def _clock_of(pid: int) -> int:
    # clock_getcpuclockid(3) computes the same number; Python does not offer it.
    return (~pid << 3) | CPUCLOCK_SCHED


def _status_kilobytes(pid: int, field: str) -> int:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith(field + ":"):
            return int(line.split()[1])
    raise LookupError(f"/proc/{pid}/status has no {field}")
