"""The recount by DuckDB over Parquet: one GROUP BY for each question."""

from pathlib import Path

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa
from pyarrow import parquet

Counts = dict[tuple[int, int], int]


def write_parquet(
    path: Path, cells: npt.NDArray[np.uint16], columns: npt.NDArray[np.uint8]
) -> None:
    """The facts as one Parquet file: `cell`, `q0` … `q9`."""
    names = ["cell", *(f"q{place}" for place in range(len(columns)))]
    parquet.write_table(pa.table([cells, *columns], names=names), path)


class Duck:
    """An open DuckDB that reads the file anew for every count."""

    def __init__(self, path: Path, questions: int) -> None:
        self._connection = duckdb.connect()
        self._statements = [
            f"SELECT cell, q{place}, count(*) FROM read_parquet('{path}') GROUP BY ALL"
            for place in range(questions)
        ]

    def count(self) -> list[Counts]:
        """Sheets by (cell, stored byte), for each question."""
        return [
            {(cell, byte): n for cell, byte, n in self._connection.execute(asked).fetchall()}
            for asked in self._statements
        ]
