"""The kind of file system of a file: SQLite's locks do not work on a network."""

import re
from pathlib import Path

MOUNTS = Path("/proc/self/mountinfo")
"""Where Linux says what is mounted; other systems do not say, and nothing is refused there."""
NETWORK = frozenset(
    {
        *("nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "ncpfs", "ceph", "lustre", "glusterfs"),
        *("fuse.sshfs", "fuse.glusterfs", "fuse.rclone", "fuse.smbnetfs", "davfs", "fuse.davfs2"),
    }
)
"""The kinds that are somewhere else, where two machines can write without knowing it."""


def network_file_system_of(file: Path) -> str | None:
    """Return the kind of network file system that a file lies on, or None where it lies on none."""
    try:
        mounted = MOUNTS.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return None
    if not any(_kind(line) in NETWORK for line in mounted):
        return None  # as nearly always: every command asks
    place = file.absolute().resolve()
    kinds = [
        (len(point.parts), number, kind)
        for number, (point, kind) in enumerate(map(_mount, mounted))
        if place.is_relative_to(point)
    ]
    # The deepest that holds it; of several at one place, the last one hides the others.
    kind = max(kinds)[2] if kinds else ""
    return kind if kind in NETWORK else None


def _mount(line: str) -> tuple[Path, str]:
    """Return the mount point and the kind of a file system."""
    point = re.sub(r"\\([0-7]{3})", lambda code: chr(int(code[1], 8)), line.split(" ")[4])
    return Path(point), _kind(line)


def _kind(line: str) -> str:
    return line.partition(" - ")[2].partition(" ")[0]
