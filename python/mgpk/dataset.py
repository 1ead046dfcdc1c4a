"""Data sets: NONMEM-style tables of doses and observations, read, checked and written."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from mgpk import _checks, _core
from mgpk._dataset_columns import columns_of_frame, columns_of_mapping, read_options, bytes_of
from mgpk._dataset_problems import Problem, Problems
from mgpk.errors import DataSetError

if TYPE_CHECKING:
    from pandas import DataFrame

__all__ = [
    "DataSetError",
    "Dataset",
    "Observations",
    "Person",
    "Problem",
    "Problems",
    "lint_dataset",
    "read_dataset",
]

Array = np.ndarray[Any, Any]


class Person(NamedTuple):
    """The consecutive rows of one ID."""

    id: str
    """The ID as text; "1" where the data set has no column ID."""
    first_row: int
    """The first row, from 0 on."""
    n_rows: int
    """How many rows."""

    @property
    def rows(self) -> slice:
        """The rows as a slice of every column."""
        return slice(self.first_row, self.first_row + self.n_rows)


class Observations(NamedTuple):
    """All observed rows, one array for each property; what a row does not have is NaN.

    Values are in the units of their columns, times in h.
    """

    row: Array
    """Row of the data set, from 0 on."""
    id: Array
    """Whose it is."""
    kind: Array
    """Either "value", "urine_amount" (an interval) or "isotope_ratio"."""
    label: Array
    """Text of DVID."""
    time_h: Array
    """Time in h; of a urine collection, its begin."""
    end_h: Array
    """End of a urine collection in h."""
    value: Array
    """DV."""
    censored: Array
    """CENS: 1 below the limit, -1 above it, 0 neither."""
    limit: Array
    """LLOQ."""
    urine_volume: Array
    """UVOL."""
    sd: Array
    """Standard deviation behind a mean."""
    se: Array
    """Standard error of a mean."""
    n_persons: Array
    """Number of persons behind a mean."""
    ci_low: Array
    """Lower end of the confidence interval of a mean."""
    ci_high: Array
    """Upper end of the confidence interval of a mean."""

    @property
    def is_mean(self) -> Array:
        """Where the value is a mean: it has SD, SE, N or a confidence interval."""
        return ~(
            np.isnan(self.sd) & np.isnan(self.se) & np.isnan(self.n_persons) & np.isnan(self.ci_low)
        )

    def to_pandas(self) -> DataFrame:
        """The observations as a frame.

        Returns
        -------
        pandas.DataFrame
            One row for each observation.
        """
        import pandas

        return pandas.DataFrame(self._asdict())


class Dataset:
    """Rows of doses and observations of one or more people, exactly as they came.

    Made by ``read_dataset``, ``Dataset.from_pandas`` or ``Dataset.from_dict``. It never changes.
    Known columns have NONMEM's names (ID TIME AMT RATE II ADDL SS EVID CMT DV MDV ...), whatever
    they are called in the file; all others are covariates.

    See Also
    --------
    read_dataset : reads a file.
    lint_dataset : all problems at once, without reading.
    """

    __slots__ = ("_inner", "_options")
    _inner: _core.DataSet
    _options: dict[str, Any]

    def __init__(self) -> None:
        _checks.refuse(
            "a data set is made from a file or from columns",
            "empty",
            "use mgpk.read_dataset, Dataset.from_pandas or Dataset.from_dict",
            TypeError,
        )

    @classmethod
    def _made(cls, inner: _core.DataSet, options: dict[str, Any]) -> Dataset:
        made = cls.__new__(cls)
        made._inner = inner
        made._options = options
        return made

    @classmethod
    def _from_text(cls, text: bytes, options: dict[str, Any]) -> Dataset:
        return cls._made(_core.read_data_set(text, options), options)

    @classmethod
    def from_dict(cls, columns: Mapping[str, Any], **options: Any) -> Dataset:
        """A data set of columns in memory.

        Parameters
        ----------
        columns : mapping
            Name to list or array of numbers, texts or dates; None and NaN are missing.
        **options
            As in ``read_dataset``, but for ``ignore``.

        Returns
        -------
        Dataset
            What reading the same table from a file would give.

        Raises
        ------
        DataSetError
            The columns break a rule; all problems at once. Row n counts as line n + 2.
        ValueError
            Columns of different length.
        """
        given = read_options(**options)
        return cls._made(_core.data_set_from_columns(columns_of_mapping(columns), given), given)

    @classmethod
    def from_pandas(cls, frame: DataFrame, **options: Any) -> Dataset:
        """A data set of a pandas frame.

        Parameters
        ----------
        frame : pandas.DataFrame
            Columns of numbers, texts or dates; missing values as pandas has them.
        **options
            As in ``read_dataset``, but for ``ignore``.

        Returns
        -------
        Dataset
            What reading the same table from a file would give.

        Raises
        ------
        DataSetError
            The frame breaks a rule; all problems at once. Row n counts as line n + 2.
        ValueError
            The index has a name, and so would be lost.
        """
        given = read_options(**options)
        return cls._made(_core.data_set_from_columns(columns_of_frame(frame), given), given)

    def to_csv(self, path: str | os.PathLike[str] | None = None) -> str:
        """The data set as the text it was read from: cells, names, comments, missing marks.

        Parameters
        ----------
        path : str or path, optional
            Where to write it; UTF-8.

        Returns
        -------
        str
            The text.
        """
        text = self._inner.to_csv()
        if path is not None:
            with open(path, "wb") as file:
                file.write(text)
        return text.decode("utf-8")

    def to_pandas(self) -> DataFrame:
        """The data set as a frame, under the names of the file.

        Returns
        -------
        pandas.DataFrame
            Columns of numbers as float64 (int64 where all are whole and none is missing), columns
            with texts as texts with None where missing.
        """
        import pandas

        columns = zip(self._inner.own_names, self.columns, strict=True)
        return pandas.DataFrame({own: self._values(name) for own, name in columns})

    def _values(self, name: str) -> Array:
        if self._inner.has_text(name):
            return np.array([text or None for text in self._inner.texts(name)], dtype=object)
        numbers = self._inner.cell_numbers(name)
        whole = np.isfinite(numbers).all() and (numbers == np.floor(numbers)).all()
        exact = whole and np.abs(numbers).max(initial=0) < 2**53
        return numbers.astype(np.int64) if exact else numbers.copy()

    @property
    def columns(self) -> list[str]:
        """The names of the columns: known names, and the file's own for covariates."""
        return list(self._inner.names)

    @property
    def covariates(self) -> list[str]:
        """The columns that are not known ones."""
        known = {name for name, _, _ in _core.known_columns()}
        return [name for name in self._inner.names if name not in known]

    @property
    def people(self) -> list[Person]:
        """Each person with their rows, in the order of the file."""
        return [Person(*parts) for parts in self._inner.people]

    @property
    def time_h(self) -> Array:
        """Time of each row in h; after the midnight before a person's first row for dates."""
        return self._inner.times_h

    @property
    def event(self) -> Array:
        """EVID of each row as it was taken: 0 to 4."""
        return np.array(self._inner.events, dtype=np.int64)

    @property
    def assumptions(self) -> list[str]:
        """What the file did not say, and what was taken instead."""
        return list(self._inner.assumptions)

    def unit(self, name: str) -> str:
        """The unit of a column as the header or the options state it.

        Parameters
        ----------
        name : str
            The column.

        Returns
        -------
        str
            The unit; empty where it is not stated.

        Raises
        ------
        UnknownNameError
            A column that is not there.
        """
        return self._inner.unit(_checks.text("name", name, "give the name of a column"))

    def lint(self) -> Problems:
        """What is odd about the data set. A data set with errors is never made.

        Returns
        -------
        Problems
            The warnings; prints as a table.
        """
        return Problems(Problem(*parts) for parts in self._inner.warnings)

    def observations(self) -> Observations:
        """All rows that were observed (EVID 0 and MDV 0), with their kind.

        Returns
        -------
        Observations
            An array for each property: kind, time_h, end_h, value, sd, ...
        """
        parts = self._inner.observations()
        for name in ("id", "kind", "label"):
            parts[name] = np.array(parts[name], dtype=object)
        parts["censored"] = parts["censored"].astype(np.int64)
        return Observations(**parts)

    def __getitem__(self, name: str) -> Array:
        name = _checks.text("a column", name, "give its name")
        has_text = self._inner.has_column(name) and self._inner.has_text(name)
        if has_text and not self._inner.is_clock(name):
            return np.array(self._inner.texts(name), dtype=object)
        return self._inner.numbers(name)

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and self._inner.has_column(name)

    def __len__(self) -> int:
        return self._inner.n_rows

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Dataset):
            return NotImplemented
        return self._options == other._options and self._inner.to_csv() == other._inner.to_csv()

    __hash__ = None  # type: ignore[assignment]  # as with other containers of arrays

    def __reduce__(self) -> tuple[Any, ...]:
        return (Dataset._from_text, (self._inner.to_csv(), self._options))

    def __repr__(self) -> str:
        doses = int(np.isin(self.event, (1, 4)).sum())
        observed = len(self._inner.observations()["row"])
        people = len(self._inner.people)
        return (
            f"<Dataset: {_counted(len(self), 'row')}, {_counted(people, 'person', 'people')}, "
            f"{_counted(doses, 'dose')}, {_counted(observed, 'observation')}; "
            f"columns {' '.join(self.columns)}>"
        )


def _counted(n: int, one: str, many: str = "") -> str:
    return f"{n} {one if n == 1 else many or one + 's'}"


@_checks.keywords("give the options of reading by keyword")
def read_dataset(
    path_or_buffer: Any,
    *,
    time_unit: str | None = None,
    units: Mapping[str, str] | None = None,
    columns: Mapping[str, str] | None = None,
    covariates: Iterable[str] | None = None,
    missing: Iterable[str] = ("", ".", "NA"),
    compartments: Iterable[str] | None = None,
    kinds: Mapping[str, str] | None = None,
    date_order: str = "ymd",
    delimiter: str = ",",
    ignore: str | None = None,
) -> Dataset:
    """Reads a NONMEM-style table. Nothing is repaired, sorted or guessed.

    Parameters
    ----------
    path_or_buffer : path, bytes or open file
        A text in UTF-8: a line of names, then a line for each row.
    time_unit : str, optional
        Unit of TIME, and of II and TIME_END where they state none: h, min, d or s. The unit in
        the header unless given, or h.
    units : mapping, optional
        Known column to its unit, where the header states none: ``{"AMT": "mg"}``.
    columns : mapping, optional
        Known column to its name in the file: ``{"DV": "level"}``; wins over aliases.
    covariates : list of str, optional
        The further columns; all unless given. A column named here is a covariate, whatever its
        name.
    missing : list of str
        Texts that stand for "no value".
    compartments : list of str, optional
        The names that CMT may have; the first is compartment 1.
    kinds : mapping, optional
        Value of DVID to "value", "urine_amount" or "isotope_ratio".
    date_order : str
        Where the year stands in dates: ymd, dmy, mdy or ydm.
    delimiter : str
        Comma, semicolon, tab or vertical bar.
    ignore : str, optional
        Lines that begin with this sign are comments; "@" is any letter or @.

    Returns
    -------
    Dataset
        The rows, with ``assumptions`` and ``lint()``.

    Raises
    ------
    DataSetError
        The file breaks a rule; ``problems`` lists all at once.
    ValueError
        An option that is refused.
    OSError
        The file cannot be opened.
    """
    options = read_options(
        time_unit=time_unit,
        units=units,
        columns=columns,
        covariates=covariates,
        missing=missing,
        compartments=compartments,
        kinds=kinds,
        date_order=date_order,
        delimiter=delimiter,
        ignore=ignore,
    )
    return Dataset._from_text(bytes_of(path_or_buffer), options)


def lint_dataset(source: Any, **options: Any) -> Problems:
    """All problems of a table, errors and warnings, without stopping at the first.

    Parameters
    ----------
    source : path, bytes, open file, pandas.DataFrame or mapping
        What ``read_dataset``, ``Dataset.from_pandas`` or ``Dataset.from_dict`` would take.
    **options
        As in ``read_dataset``.

    Returns
    -------
    Problems
        Code, line, column, value and advice of each; prints as a table. Reading succeeds exactly
        when none of them is an error.

    Raises
    ------
    ValueError
        An option that is refused.
    OSError
        The file cannot be opened.
    """
    given = read_options(**options)
    if hasattr(source, "iloc"):
        parts = _core.lint_columns(columns_of_frame(source), given)
    elif isinstance(source, Mapping):
        parts = _core.lint_columns(columns_of_mapping(source), given)
    else:
        parts = _core.lint_data_set(bytes_of(source), given)
    return Problems(Problem(*part) for part in parts)
