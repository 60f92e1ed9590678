"""What a parsing process may not do: set by itself, before it sees a hostile byte, for good.

Each measure is one the platform may or may not have; `confine` returns the names of those in
force.  Limits of resources are POSIX (macOS does not hold a process to its memory limit).
On Linux for x86-64 and ARM64 the kernel refuses sockets, other processes and files: by a
seccomp filter (https://docs.kernel.org/userspace-api/seccomp_filter.html) and by Landlock
(https://docs.kernel.org/userspace-api/landlock.html), neither of which needs a privilege.
"""

from __future__ import annotations

import ctypes
import os
import platform
import resource
import struct
import sys
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may take.

    ``memory`` is bytes of private memory of the process (Linux), ``cpu`` and ``wall`` seconds,
    ``output`` bytes of text, members and everything else that comes back.
    """

    memory: int = 448 * MIB
    cpu: int = 60
    wall: int = 120
    output: int = 512 * MIB


# Numbers of system calls: (x86-64, ARM64); None where the machine has no such call.
_CALLS: dict[str, tuple[int | None, int | None]] = {
    "socket": (41, 198), "connect": (42, 203), "accept": (43, 202), "sendto": (44, 206),
    "sendmsg": (46, 211), "bind": (49, 200), "listen": (50, 201), "accept4": (288, 242),
    "sendmmsg": (307, 269), "io_uring_setup": (425, 425), "ptrace": (101, 117), "kill": (62, 129),
    "tkill": (200, 130), "tgkill": (234, 131), "pidfd_send_signal": (424, 424), "pidfd_getfd": (438, 438),
    "process_vm_readv": (310, 270), "process_vm_writev": (311, 271), "mount": (165, 40),
    "unshare": (272, 97), "setns": (308, 268), "bpf": (321, 280), "keyctl": (250, 219),
    "userfaultfd": (323, 282), "perf_event_open": (298, 241), "truncate": (76, 45), "rename": (82, None),
    "mkdir": (83, None), "rmdir": (84, None), "link": (86, None), "unlink": (87, None),
    "symlink": (88, None), "chmod": (90, None), "chown": (92, None), "mkdirat": (258, 34),
    "mknodat": (259, 33), "fchownat": (260, 54), "unlinkat": (263, 35), "renameat": (264, 38),
    "linkat": (265, 37), "symlinkat": (266, 36), "fchmodat": (268, 53), "renameat2": (316, 276),
}  # fmt: skip
_EXECUTION: dict[str, tuple[int | None, int | None]] = {"execve": (59, 221), "execveat": (322, 281)}
_MACHINES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}
_LANDLOCK_WRITES = 0b1_1111_1111_0010  # everything of ABI 1 but executing and reading
_LANDLOCK_READS = 0b0_0000_0000_1101  # executing, reading files, reading folders


def confine(limits: Limits, *, execution: bool) -> tuple[str, ...]:
    """Put every measure that this platform has in force, and name them.

    ``execution`` leaves other programs to be started (tesseract), which are under the same.
    """
    measures = [*_resources(limits)]
    machine = _MACHINES.get(platform.machine()) if sys.platform == "linux" else None
    if machine:
        library = ctypes.CDLL(None, use_errno=True)
        library.prctl(38, 1, 0, 0, 0)  # PR_SET_NO_NEW_PRIVS, without which neither of these is allowed
        measures += ["files"] if _landlock(library) else []
        measures += ["network", "processes"] if _seccomp(library, *machine, execution) else []
    _watch(execution)
    return (*measures, "audit hook")


def _resources(limits: Limits) -> Iterable[str]:
    wanted = {
        "RLIMIT_DATA": limits.memory,
        "RLIMIT_AS": 4 * limits.memory,  # address space is mapped and not used: a loose bound
        "RLIMIT_FSIZE": 0,
        "RLIMIT_NOFILE": 64,
        "RLIMIT_CORE": 0,
    }
    for name, value in wanted.items():
        with suppress(AttributeError, ValueError, OSError):
            resource.setrlimit(getattr(resource, name), (value, value))
            yield name


def restart_clock(limits: Limits) -> None:
    """Give this process ``limits.cpu`` seconds more from now; the kernel ends it after."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    spent = int(usage.ru_utime + usage.ru_stime)
    with suppress(ValueError, OSError):
        hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
        resource.setrlimit(resource.RLIMIT_CPU, (spent + limits.cpu, hard))


def _seccomp(library: Any, column: int, architecture: int, execution: bool) -> bool:
    """A filter that lets every call pass but those above, which fail with EPERM."""
    calls = _CALLS if execution else _CALLS | _EXECUTION
    numbers = sorted(number for pair in calls.values() if (number := pair[column]) is not None)
    allow, refuse, end = 0x7FFF0000, 0x00050001, 0x80000000
    program = [
        (0x20, 0, 0, 4),  # load the architecture
        (0x15, 1, 0, architecture),
        (0x06, 0, 0, end),  # another one numbers its calls otherwise
        (0x20, 0, 0, 0),  # load the number of the call
        (0x35, len(numbers) + 1, 0, 0x40000000),  # x32 numbers its calls otherwise too
        *((0x15, len(numbers) - index, 0, number) for index, number in enumerate(numbers)),
        (0x06, 0, 0, allow),
        (0x06, 0, 0, refuse),
    ]
    code = b"".join(struct.pack("=HBBI", *step) for step in program)
    buffer = ctypes.create_string_buffer(code)
    header = struct.pack("@HP", len(program), ctypes.addressof(buffer))
    return bool(library.prctl(22, 2, ctypes.create_string_buffer(header), 0, 0) == 0)


def _landlock(library: Any) -> bool:
    """Nothing may be written anywhere, and only what a program needs of the system be read."""
    ruleset = struct.pack("=Q", _LANDLOCK_WRITES | _LANDLOCK_READS)
    handle = library.syscall(444, ctypes.create_string_buffer(ruleset), len(ruleset), 0)
    if handle < 0:
        return False
    try:
        for path in _needed():
            place = os.open(path, os.O_PATH | os.O_CLOEXEC)
            rule = ctypes.create_string_buffer(struct.pack("=Qi", _LANDLOCK_READS, place))
            library.syscall(445, handle, 1, rule, 0)
            os.close(place)
        return bool(library.syscall(446, handle, 0) == 0)
    finally:
        os.close(handle)


def _needed() -> Iterable[str]:
    """The folders of the system and of the program's own code."""
    own = Path(__file__).resolve().parents[2]
    places = ("/usr", "/lib", "/lib64", "/bin", "/etc", "/dev", "/proc", "/opt", sys.prefix, sys.base_prefix)
    paths = map(str, (*places, *sys.path, own))
    return dict.fromkeys(path for path in paths if path and os.path.exists(path))


_FORBIDDEN = ("socket.", "os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.link", "os.symlink")
_PROGRAMS = ("subprocess.", "os.exec", "os.posix_spawn", "os.system", "os.fork", "pty.")


def _watch(execution: bool) -> None:
    """Refuse the same in Python itself, on every platform: a library's slip, not an attack, ends here."""
    refused = _FORBIDDEN if execution else _FORBIDDEN + _PROGRAMS

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if event.startswith(refused):
            raise PermissionError(f"a reader may not do this: {event}")
        # A number is a pipe that is open already.
        named = event == "open" and not isinstance(arguments[0], int)
        if named and isinstance(arguments[1], str) and set(arguments[1]) & set("wax+"):
            raise PermissionError("a reader may not write files")

    sys.addaudithook(hook)
