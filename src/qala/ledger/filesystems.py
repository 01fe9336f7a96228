"""On which file system a folder lies: SQLite's write-ahead log needs memory that all processes share.

A network file system does not give it (https://sqlite.org/wal.html: "WAL does not work over a network
filesystem"), and a ledger there can be damaged without a word.
"""

from __future__ import annotations

import re
from pathlib import Path

_MOUNTS = Path("/proc/self/mountinfo")  # Linux; elsewhere the question stays open
_NETWORK = re.compile(
    r"nfs4?|cifs|smb\w*|9p|afs|ncpf?s?|coda|ceph|lustre|gpfs|beegfs|glusterfs|orangefs|pvfs2|ocfs2|davfs|webdav|afpfs"
    r"|fuse\.(?:sshfs|glusterfs|s3fs|rclone|davfs2|ceph|cephfs|gvfsd-fuse|mount_davfs|juicefs|goofys)"
)
_ESCAPE = re.compile(r"\\([0-7]{3})")


def find_network_filesystem(folder: Path, mounts: str | None = None) -> str | None:
    """Return the type of the network file system on which ``folder`` lies, ``None`` for a local or unknown one.

    ``mounts`` is the text of ``/proc/self/mountinfo`` (proc(5)), read from there unless given.
    """
    if mounts is None:
        try:
            mounts = _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
        except OSError:
            return None
    place = folder.resolve()
    best, found = -1, ""
    for line in mounts.splitlines():
        mounted, _, kind = line.partition(" - ")
        fields = mounted.split(" ")
        if len(fields) < 5 or not kind:
            continue
        point = Path(_ESCAPE.sub(lambda match: chr(int(match[1], 8)), fields[4]))
        depth = len(point.parts)
        if depth >= best and place.is_relative_to(point):  # a later mount hides an earlier one
            best, found = depth, kind.split(" ")[0]
    return found if _NETWORK.fullmatch(found) else None
