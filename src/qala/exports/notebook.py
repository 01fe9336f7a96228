"""Readings as a notebook shows them: the page of ``html.py`` in a frame of its own."""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from qala.exports.html import render_html
from qala.model import Reading


@dataclass(frozen=True, slots=True)
class View:
    """Readings to be looked at: rich in a notebook, a table where there is only text."""

    readings: tuple[Reading, ...]
    height: int = 560  # CSS pixels

    def _repr_html_(self) -> str:
        """Return a sandboxed frame, so that neither style nor anything else leaves the page."""
        page = escape(render_html(self.readings), quote=True)
        return (
            f'<iframe sandbox="" srcdoc="{page}" title="Qala" '
            f'style="width:100%;height:{int(self.height)}px;border:1px solid #ccc"></iframe>'
        )

    def __repr__(self) -> str:
        """Return the readings as tables, without colour."""
        from qala.exports.table import render_table  # loads rich, which a notebook does without

        return render_table(self.readings)


def show(readings: Reading | Iterable[Reading], *, height: int = 560) -> View:
    """Return a view of one or several readings that a notebook displays; ``height`` in CSS pixels."""
    return View((readings,) if isinstance(readings, Reading) else tuple(readings), height)
