"""Readings as a notebook shows them: the page of ``html.py`` in a frame of its own."""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from qala.exports.html import render_html
from qala.exports.visible import make_visible
from qala.model import Reading, RefusedInput


@dataclass(frozen=True, slots=True)
class View:
    """Readings to be looked at: rich in a notebook, a table where there is only text."""

    readings: tuple[Reading, ...]
    refused: tuple[RefusedInput, ...] = ()
    height: int = 560  # CSS pixels

    def _repr_html_(self) -> str:
        """Return a sandboxed frame, so that neither style nor anything else leaves the page."""
        page = escape(render_html(self.readings), quote=True)
        refusals = "".join(f"<li>{escape(line)}</li>" for line in self._tell_refusals())
        return (
            f'<iframe sandbox="" srcdoc="{page}" title="Qala" '
            f'style="width:100%;height:{int(self.height)}px;border:1px solid #ccc"></iframe>'
            + (f"<ul>{refusals}</ul>" if refusals else "")
        )

    def __repr__(self) -> str:
        """Return the readings as tables, without colour, and what was refused below them."""
        from qala.exports.table import render_table  # loads rich, which a notebook does without

        return render_table(self.readings) + "".join(f"{line}\n" for line in self._tell_refusals())

    def _tell_refusals(self) -> list[str]:
        return [make_visible(f"{place}: {reason} [{code}]") for place, reason, code in self.refused]


def show(readings: Reading | Iterable[Reading | RefusedInput], *, height: int = 560) -> View:
    """Return a view of one or several readings that a notebook displays; ``height`` in CSS pixels.

    Takes what ``qala.extract`` returns and what ``qala.read`` yields; refused inputs are listed below.
    """
    items = (readings,) if isinstance(readings, Reading) else tuple(readings)
    return View(
        tuple(item for item in items if isinstance(item, Reading)),
        tuple(item for item in items if isinstance(item, RefusedInput)),
        height,
    )
