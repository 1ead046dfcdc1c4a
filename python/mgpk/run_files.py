"""Run files: a run as a document that can be read, run, written, sent and repeated."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from mgpk import _checks, _core
from mgpk.options import SimulationOptions
from mgpk.progress import Progress, watched
from mgpk.results import Run
from mgpk.schedule import Schedule
from mgpk.simulating import plan_of, subject_of
from mgpk.subject import Subject

__all__ = ["RunFile", "read_run_file", "run_file", "run_file_schema", "write_run_file"]


def _path(name: str, path: object) -> str:
    if not isinstance(path, (str, os.PathLike)):
        _checks.refuse(f"{name} must be a path", _checks.shown(path), "give a text", TypeError)
    return os.fsdecode(path)


def _optional_text(name: str, value: object) -> str | None:
    return None if value is None else _checks.text(name, value, "give the name of a file")


def _core_of(run: object) -> _core.Run:
    if not isinstance(run, Run):
        _checks.refuse("run must be a Run", _checks.shown(run), "run the document", TypeError)
    return run._inner


class RunFile:
    """A run as a document: the person, the plan, the options, the outputs, a seed and a note.

    Read by ``read_run_file``, made by ``write_run_file`` and ``Run.to_run_file``. Immutable; it
    keeps the words of the file, so that 300 mg stay 300 mg.
    """

    __slots__ = ("_inner",)
    _inner: _core.RunDocument

    def __init__(self, core: _core.RunDocument) -> None:
        object.__setattr__(self, "_inner", core)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(
            f"a run file must stay as it was read, but {name} is set; make one from to_dict()"
        )

    @property
    def subject(self) -> Subject:
        """The person."""
        return Subject.from_dict(self._inner.subject.to_dict())

    @property
    def plan(self) -> Schedule | None:
        """The plan; None for the baseline alone."""
        plan = self._inner.plan
        return None if plan.empty() else Schedule.from_dict(plan.to_dict())

    @property
    def options(self) -> SimulationOptions:
        """How the run is to be done."""
        return SimulationOptions._of(self._inner.options)

    @property
    def outputs(self) -> dict[str, Any]:
        """What a run writes: columns, every so many rows, and the names of files or None."""
        return self._inner.outputs

    @property
    def seed(self) -> int:
        """A whole number for what draws numbers at random, carried into the result."""
        return self._inner.seed

    @property
    def note(self) -> str:
        """Free text."""
        return self._inner.note

    def run(self, *, progress: Progress = None) -> Run:
        """Simulates what the document says.

        Parameters
        ----------
        progress : bool or callable, optional
            As ``mgpk.simulate`` takes it.

        Returns
        -------
        Run
            The run; its ``document`` is this one.

        Raises
        ------
        SolveError
            The solve failed and ``raise_on_failure`` is set.
        """
        inner = self._inner
        plan = None if inner.plan.empty() else inner.plan
        core: _core.Run = watched(
            "simulate",
            progress,
            lambda callback: _core.simulate(inner.subject, plan, inner.options, callback),
        )
        return Run(core, plan is not None, self)

    def write(self, path: str | os.PathLike[str], *, overwrite: bool = False) -> None:
        """Writes the document, keys in their fixed order.

        Parameters
        ----------
        path : path
            The file.
        overwrite : bool
            Lets a file that is there be replaced.

        Raises
        ------
        ValueError
            A file that is there already.
        """
        self._inner.write_to(_path("path", path), _checks.flag("overwrite", overwrite))

    def write_outputs(
        self, run: Run, folder: str | os.PathLike[str], *, overwrite: bool = False
    ) -> list[Path]:
        """Writes what the document asks for into a folder, and nothing outside it.

        Parameters
        ----------
        run : Run
            The run of this document.
        folder : path
            The folder; made where it is missing.
        overwrite : bool
            Lets files that are there be replaced.

        Returns
        -------
        list of pathlib.Path
            The files.

        Raises
        ------
        ValueError
            A file that is there already.
        """
        overwrite = _checks.flag("overwrite", overwrite)
        files = self._inner.write_outputs(_core_of(run), _path("folder", folder), overwrite)
        return [Path(file) for file in files]

    def result_json(self, run: Run) -> str:
        """The result of a run as JSON: this document, versions, seed, summary and a digest.

        Parameters
        ----------
        run : Run
            The run of this document.

        Returns
        -------
        str
            A text that ``read_run_file`` takes from a file, to repeat the run.
        """
        return self._inner.result_json(_core_of(run))

    def repeats(self, run: Run) -> str:
        """Whether a run gave the numbers of the result file that this document came from.

        Parameters
        ----------
        run : Run
            The run of this document.

        Returns
        -------
        str
            In words; empty where the document came from no result file.
        """
        return self._inner.compare_with_record(_core_of(run))

    def to_dict(self) -> dict[str, Any]:
        """The document as a plain dictionary that JSON can hold.

        Returns
        -------
        dict
            The words of the file, keys in their fixed order; units stand in the keys.
        """
        words: dict[str, Any] = json.loads(self._inner.text())
        return words

    @classmethod
    def from_dict(cls, words: Mapping[str, Any]) -> RunFile:
        """A document from a plain dictionary.

        Parameters
        ----------
        words : mapping
            What a run file holds; see ``mgpk.run_file_schema()``.

        Returns
        -------
        RunFile
            The document, checked.

        Raises
        ------
        DocumentError
            All problems at once, each with its place.
        """
        given = _checks.mapping("words", words, "give what to_dict gave")
        try:
            text = json.dumps(dict(given), allow_nan=False)
        except (TypeError, ValueError, RecursionError) as error:
            _checks.refuse("words must be what JSON can hold", str(error), "give plain values")
        return cls(_core.RunDocument.read_text(text, "the run document"))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, RunFile):
            return NotImplemented
        return self._inner.text() == other._inner.text()

    def __hash__(self) -> int:
        return hash(self._inner.text())

    def __reduce__(self) -> tuple[Any, ...]:
        return (RunFile, (self._inner,))

    def __copy__(self) -> RunFile:
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> RunFile:
        return self

    def __repr__(self) -> str:
        words = "; ".join(self.plan.in_words()) if self.plan else "the baseline alone"
        return f"<RunFile: {words}>"


@_checks.keywords()
def read_run_file(path: str | os.PathLike[str]) -> RunFile:
    """Reads a run file, or a result file, whose run it gives back. Nothing in it is executed.

    Parameters
    ----------
    path : path
        The file: JSON, described by ``mgpk.run_file_schema()``.

    Returns
    -------
    RunFile
        The document, checked.

    Raises
    ------
    FileNotFoundError
        No such file.
    DocumentError
        All problems at once, each with its place, the value and what to do.

    See Also
    --------
    mgpk.run_file : reads and runs.
    """
    name = _path("path", path)
    if not Path(name).exists():
        raise FileNotFoundError(f'a run file must exist, but "{name}" does not; check the path')
    return RunFile(_core.RunDocument.read_file(name))


@_checks.keywords("write out= before the folder")
def run_file(
    path: str | os.PathLike[str],
    *,
    out: str | os.PathLike[str] | None = None,
    overwrite: bool = False,
    progress: Progress = None,
) -> Run:
    """Runs a run file, or repeats the run of a result file.

    Parameters
    ----------
    path : path
        The file.
    out : path, optional
        Folder for the outputs that the file asks for; nothing is written unless given.
    overwrite : bool
        Lets files that are there be replaced.
    progress : bool or callable, optional
        As ``mgpk.simulate`` takes it.

    Returns
    -------
    Run
        The run; ``run.document`` is the file.

    Raises
    ------
    FileNotFoundError
        No such file.
    DocumentError
        All problems at once, each with its place, the value and what to do.
    ValueError
        An output that is there already.
    SolveError
        The solve failed and ``raise_on_failure`` is set.

    See Also
    --------
    mgpk.read_run_file : reads and checks, without running.
    """
    document = read_run_file(path)
    if out is None:
        return document.run(progress=progress)
    folder = _path("out", out)
    document._inner.check_folder(folder, _checks.flag("overwrite", overwrite))
    run = document.run(progress=progress)
    document.write_outputs(run, folder, overwrite=overwrite)
    return run


@_checks.keywords("write options= and the like before the values")
def write_run_file(
    path: str | os.PathLike[str],
    subject: Subject | None = None,
    plan: Schedule | None = None,
    *,
    options: SimulationOptions,
    columns: Iterable[str] | None = None,
    every_n_rows: int = 1,
    table_csv: str | None = "table.csv",
    baseline_csv: str | None = None,
    result_json: str | None = "result.json",
    seed: int = 0,
    note: str = "",
    overwrite: bool = False,
) -> RunFile:
    """Writes a run file; amounts in mmol, every option spelt out, numbers exact.

    Parameters
    ----------
    path : path
        The file.
    subject : Subject, optional
        The person; the reference adult unless given.
    plan : Schedule, optional
        What is taken and when; without one, the baseline alone.
    options : SimulationOptions
        How the run is to be done.
    columns : list of str, optional
        Columns of the tables that the run writes; all unless given.
    every_n_rows : int
        Each so-manieth row of a table is written, and the last; a number of rows without unit.
    table_csv : str, optional
        Name of the file for the table; None writes none.
    baseline_csv : str, optional
        Name of the file for the baseline; none unless given.
    result_json : str, optional
        Name of the file for the result; None writes none.
    seed : int
        A whole number for what draws numbers at random, without unit, [0, 2^53).
    note : str
        Free text.
    overwrite : bool
        Lets a file that is there be replaced.

    Returns
    -------
    RunFile
        The document that was written.

    Raises
    ------
    DocumentError
        A name of a file that is no plain name, a column that the run will not have.
    ValueError
        A file that is there already.
    """
    document = _document(
        subject_of(subject),
        plan_of(plan),
        options,
        columns=columns,
        every_n_rows=every_n_rows,
        table_csv=table_csv,
        baseline_csv=baseline_csv,
        result_json=result_json,
        seed=seed,
        note=note,
    )
    document.write(path, overwrite=overwrite)
    return document


def _document(
    subject: Subject,
    plan: Schedule | None,
    options: object,
    *,
    columns: object = None,
    every_n_rows: object = 1,
    table_csv: object = "table.csv",
    baseline_csv: object = None,
    result_json: object = "result.json",
    seed: object = 0,
    note: object = "",
) -> RunFile:
    if not isinstance(options, SimulationOptions):
        _checks.refuse(
            "options must be SimulationOptions",
            _checks.shown(options),
            "make them with SimulationOptions()",
            TypeError,
        )
    if columns is not None and (isinstance(columns, str) or not isinstance(columns, Iterable)):
        _checks.refuse(
            "columns must be a list of names", _checks.shown(columns), "give a list", TypeError
        )
    core = _core.RunDocument(
        subject=subject._inner,
        plan=None if plan is None else plan._inner,
        options=options._inner,
        columns=None
        if columns is None
        else [_checks.text("column", name, "give the name of a column") for name in columns],
        every_n_rows=_positive("every_n_rows", every_n_rows),
        table_csv=_optional_text("table_csv", table_csv),
        baseline_csv=_optional_text("baseline_csv", baseline_csv),
        result_json=_optional_text("result_json", result_json),
        seed=_seed(seed),
        note=_checks.text("note", note, "give words"),
    )
    return RunFile(core)


def document_of(run: Run) -> RunFile:
    """The document of a run that was made in a program."""
    if run.taken_before is not None:
        _checks.refuse(
            "a run file starts from the person's own baseline",
            "a run from the steady state of a regimen",
            "put the regimen into the plan, with at_steady_state=True",
        )
    if run.history is not None:
        _checks.refuse(
            "a run file starts from the person's own baseline",
            "a run after a history",
            "put what was done before into the plan, and let the run begin earlier",
        )
    return _document(run.subject, run.plan, run.options)


def _positive(name: str, value: object) -> int:
    whole = _checks.count(name, value)
    if whole < 1:
        _checks.refuse(f"{name} must be at least 1", str(whole), "give a whole number")
    return whole


def _seed(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 2**53:
        _checks.refuse("seed must be a whole number in [0, 2^53)", _checks.shown(value), "give one")
    return value


def run_file_schema() -> dict[str, Any]:
    """The JSON schema (draft 2020-12) of run files, for editors and other programs.

    Returns
    -------
    dict
        The schema; numbers have their units in the names of the keys.
    """
    text = Path(__file__).with_name("run_file.schema.json").read_text(encoding="utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema
