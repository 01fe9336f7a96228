"""Compile the reading rooms with mypyc into the wheel; nothing is written to the source tree.

Hatchling loads this only where ``HATCH_BUILD_HOOK_ENABLE_CUSTOM`` is set (``make compiled``): without it the wheel
is pure Python. The ``.py`` files stay in a compiled wheel, so tracebacks, ``inspect`` and data files work as ever.
Why, and what it gives: docs/decisions/0018-compiled-build.md.
"""

import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_SETUP = """\
from mypyc.build import mypycify
from setuptools import setup
setup(name="qala", packages=[], ext_modules=mypycify({args!r}, group_name="qala", opt_level="3", debug_level="0"))
"""


class CompileHook(BuildHookInterface[Any]):
    """Builds the modules of ``compile`` less those of ``interpret`` (globs under src/qala) as one mypyc group."""

    PLUGIN_NAME = "custom"
    _folder: TemporaryDirectory[str] | None = None

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the extension modules to a standard wheel; an editable one stays pure."""
        if version != "standard":
            return
        self._folder = TemporaryDirectory(prefix="qala-mypyc-")  # kept until hatchling has packed it
        work = Path(self._folder.name)
        self.set_up(work)
        command = [sys.executable, "setup.py", "--quiet", "build_ext", "--build-lib", "built"]
        subprocess.run(command, cwd=work, check=True)
        for path in (work / "built").rglob("*"):
            if path.suffix in (".so", ".pyd"):
                build_data["force_include"][str(path)] = path.relative_to(work / "built").as_posix()
        build_data["pure_python"], build_data["infer_tag"] = False, True

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove what was built, now that it is packed."""
        if self._folder is not None:
            self._folder.cleanup()

    def set_up(self, folder: Path) -> None:
        """Copy the modules into ``folder``, with a setup.py that translates them to C whatever it is asked."""
        package = Path(self.root, "src", "qala")
        shutil.copytree(package, folder / "qala", ignore=shutil.ignore_patterns("__pycache__", "data"))
        arguments = ["--config-file=", "--ignore-missing-imports", *self.modules()]  # `make lint` is the strict check
        (folder / "setup.py").write_text(_SETUP.format(args=arguments), encoding="utf-8")

    def modules(self) -> list[str]:
        """Return the paths of the modules to compile, relative to src/."""
        package = Path(self.root, "src", "qala")
        found = {path for glob in self.config["compile"] for path in package.glob(glob)}
        found -= {path for glob in self.config["interpret"] for path in package.glob(glob)}
        return sorted(path.relative_to(package.parent).as_posix() for path in found)
