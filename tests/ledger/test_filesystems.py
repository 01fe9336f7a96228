"""On which file system a folder lies, from the system's own list of mounts."""

from pathlib import Path

import pytest

from qala.ledger.filesystems import find_network_filesystem

MOUNTS = """\
22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda1 rw
30 22 0:44 / /mnt/team rw,relatime shared:2 - nfs4 server:/team rw,vers=4.2
31 22 0:45 / /mnt/my\\040share rw - cifs //server/share rw
32 30 0:46 / /mnt/team/local rw master:1 - ext4 /dev/vdb1 rw
33 22 0:47 / /home/me/remote rw - fuse.sshfs me@server:/ rw
34 22 0:48 / /mnt/hidden rw - nfs server:/x rw
35 22 0:49 / /mnt/hidden rw - tmpfs tmpfs rw
a line of something else
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/srv/ledgers", None),
        ("/mnt/team/a/b", "nfs4"),
        ("/mnt/teams", None),
        ("/mnt/my share", "cifs"),
        ("/mnt/team/local/x", None),
        ("/home/me/remote/x", "fuse.sshfs"),
        ("/mnt/hidden", None),
    ],
)
def test_the_innermost_and_latest_mount_counts(folder: str, kind: str | None) -> None:
    assert find_network_filesystem(Path(folder), MOUNTS) == kind


def test_the_folder_of_the_tests_is_local_or_unknown(tmp_path: Path) -> None:
    assert find_network_filesystem(tmp_path) is None
