"""Parquet files of articles (extra ``tables``): each row is an article, columns as in other tables.

What a file claims is looked at before it is read: columns, types and the sizes of its row groups. Text stays coded
by its dictionary, so that a few kilobytes cannot become gigabytes in memory; and a file whose rows grow to over 200
times its size is read no further.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, BinaryIO

import orjson

from qala.errors import ReadError
from qala.model import Document, Origin, RefusedInput
from qala.reading.columns import ColumnMapping, find_columns
from qala.reading.extras import need_extra
from qala.reading.limits import DEFAULT_LIMITS, Limits
from qala.reading.table_rows import make_row_document

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

_BATCH = 256  # rows in memory at once
_FOOTER = 64 << 20  # bytes of strings that a footer may hold


def read_parquet_file(
    file: BinaryIO,
    place: str,
    *,
    columns: ColumnMapping | None = None,
    published: date | None = None,
    limits: Limits = DEFAULT_LIMITS,
    skip: Callable[[str, int], bool] | None = None,
) -> Iterator[Document | RefusedInput]:
    """Yield the article of each row of an open Parquet file; ``place#12`` is row 12, counted from 0.

    Codes: ``bad_parquet``, ``bad_columns``, ``too_large`` (a row group), ``bomb``, and those of ``make_row_document``;
    rows without text are counted in one row. Raises ``MissingPackageError`` without the extra ``tables``.
    """
    need_extra("tables", "pyarrow")
    import pyarrow as pa  # type: ignore[import-untyped]
    import pyarrow.parquet as pq  # type: ignore[import-untyped]

    file.seek(0, 2)
    size = file.tell()
    try:
        table = pq.ParquetFile(file, thrift_string_size_limit=_FOOTER, thrift_container_size_limit=1_000_000)
        found = _check_columns(table, columns, limits)
        texts = [table.schema_arrow.names[index] for index in found.values()]
        table = pq.ParquetFile(file, read_dictionary=texts, thrift_string_size_limit=_FOOTER)
    except ReadError as error:
        yield RefusedInput(place, str(error), "bad_columns")
        return
    except (pa.ArrowException, OSError, ValueError) as error:
        yield RefusedInput(place, f"not Parquet: {' '.join(str(error).split())[:200]}", "bad_parquet")
        return
    try:
        yield from _read_groups(table, found, place, size, published, limits, skip)
    except (pa.ArrowException, OSError, ValueError) as error:  # names in the footer that are no text
        yield RefusedInput(place, f"damaged Parquet: {' '.join(str(error).split())[:200]}", "bad_parquet")


def _check_columns(table: Any, columns: ColumnMapping | None, limits: Limits) -> dict[str, int]:
    """Return the places of the fields' columns; raises ``ReadError`` where they cannot be read as an article's."""
    import pyarrow as pa

    count = table.metadata.num_columns
    if count > limits.columns:
        raise ReadError(f"{count:,} columns, over the limit of {limits.columns:,}")
    schema = table.schema_arrow
    found = find_columns(schema.names, columns)
    kind = schema.types[found["text"]]
    plain = kind.value_type if pa.types.is_dictionary(kind) else kind
    if not (pa.types.is_string(plain) or pa.types.is_large_string(plain) or pa.types.is_string_view(plain)):
        raise ReadError(f"column {schema.names[found['text']]!r} is no text but {kind}")
    return found


def _read_groups(
    table: Any,
    found: dict[str, int],
    place: str,
    size: int,
    published: date | None,
    limits: Limits,
    skip: Callable[[str, int], bool] | None,
) -> Iterator[Document | RefusedInput]:
    """Yield the rows of all row groups that are of a size to be read."""
    import pyarrow as pa

    names = {field: table.schema_arrow.names[index] for field, index in found.items()}
    most = max(limits.record_bytes, limits.ratio * size)
    empty = given = row = 0
    for group in range(table.num_row_groups):
        metadata = table.metadata.row_group(group)
        rows, claimed = metadata.num_rows, _group_bytes(metadata, set(names.values()))
        if claimed > limits.record_bytes * 4:
            reason = f"row group of {claimed:,} bytes, rows {row:,} to {row + rows - 1:,}"
            yield RefusedInput(f"{place}#{row}", reason, "too_large")
            row += rows
            continue
        number = row
        try:
            for batch in table.iter_batches(_BATCH, row_groups=[group], columns=[*names.values()], use_threads=False):
                if batch.column(names["text"]).null_count == batch.num_rows:
                    number, empty, given = number + batch.num_rows, empty + batch.num_rows, given + batch.num_rows
                    continue
                for index in range(batch.num_rows):
                    number += 1
                    known = skip is not None and skip(place, number - 1)
                    wanted = names if not known else {"text": names["text"]}  # known rows are counted, too
                    values = {field: batch.column(name)[index].as_py() for field, name in wanted.items()}
                    given += len(values["text"] or " ")  # also nothing, a thousand million times, is too much
                    if not values["text"]:
                        empty += 1
                    elif not known:
                        yield _read_row(values, names["text"], place, number - 1, published, limits)
                    if given > most:
                        yield RefusedInput(f"{place}#{number}", "rows of over 200 bytes for one of the file", "bomb")
                        return
        except (pa.ArrowException, OSError, ValueError) as error:
            reason = f"damaged row group: {' '.join(str(error).split())[:200]}; rows up to {row + rows - 1:,} lost"
            yield RefusedInput(f"{place}#{number}", reason, "bad_parquet")
        row += rows
    if empty:
        yield RefusedInput(place, f"no text in {empty:,} rows", "no_text")


def _group_bytes(metadata: Any, names: set[str]) -> int:
    """Return how many bytes the columns ``names`` of a row group claim to have, uncompressed."""
    columns = (metadata.column(index) for index in range(metadata.num_columns))
    return sum(int(column.total_uncompressed_size) for column in columns if column.path_in_schema in names)


def _read_row(
    values: dict[str, Any], column: str, place: str, number: int, published: date | None, limits: Limits
) -> Document | RefusedInput:
    """Return the article of a row; its bytes are its fields as JSON."""
    raw = orjson.dumps({key: _plain(value) for key, value in values.items()}, option=orjson.OPT_SORT_KEYS)
    origin = Origin(
        path=f"{place}#{number}",
        encoding="utf-8",
        media_type="application/json",
        method=f"parquet:{column}",
        container=place,
        offset=number,
    )
    return make_row_document(values, raw, origin, published, limits)


def _plain(value: Any) -> Any:
    """Return a value that JSON can hold."""
    return value if isinstance(value, str | int | float | bool | None) else str(value)
