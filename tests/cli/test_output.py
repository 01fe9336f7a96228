"""Files appear whole or not at all."""

import os
import stat

import pytest

from qala.cli.output import WriteError, open_output, say


def test_a_new_file_appears_at_the_end(tmp_path):
    target = tmp_path / "out.txt"
    with open_output(target) as out:
        out.write(b"one")
        assert not target.exists()
    assert target.read_bytes() == b"one"
    assert list(tmp_path.iterdir()) == [target]


def test_an_error_leaves_the_old_file_and_nothing_else(tmp_path):
    target = tmp_path / "out.txt"
    target.write_bytes(b"old")
    with pytest.raises(KeyboardInterrupt), open_output(target) as out:
        out.write(b"new")
        raise KeyboardInterrupt
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_permissions_are_those_of_the_old_file_or_of_any_new_one(tmp_path):
    target, plain = tmp_path / "out.txt", tmp_path / "plain.txt"
    plain.touch()
    with open_output(target) as out:
        out.write(b"x")
    assert stat.S_IMODE(target.stat().st_mode) == stat.S_IMODE(plain.stat().st_mode)
    target.chmod(0o640)
    with open_output(target) as out:
        out.write(b"y")
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


def test_a_link_is_written_through(tmp_path):
    target, link = tmp_path / "out.txt", tmp_path / "link.txt"
    target.write_bytes(b"old")
    link.symlink_to(target)
    with open_output(link) as out:
        out.write(b"new")
    assert link.is_symlink() and target.read_bytes() == b"new"


def test_a_device_is_written_directly(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    with open_output(pipe) as out:
        out.write(b"through")
    assert os.read(reader, 20) == b"through"
    os.close(reader)
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_what_cannot_be_written_is_told_in_one_line(tmp_path):
    with pytest.raises(WriteError, match=r"cannot write .*no such file"), open_output(tmp_path / "a" / "b"):
        pass
    with pytest.raises(WriteError, match="cannot write"), open_output(tmp_path):
        pass


def test_say_writes_one_line_to_standard_error(capsys):
    say("قال")
    assert capsys.readouterr() == ("", "قال\n")
