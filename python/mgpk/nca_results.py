"""What a non-compartmental analysis gives back: named numbers, and why some are missing."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from mgpk import _checks, _core
from mgpk import _nca_tables as tables

if TYPE_CHECKING:
    import pandas

__all__ = ["NcaResult", "NcaResults", "NcaUrineResult"]


def _numbers_frame(rows: list[dict[str, Any]], amount_unit: str) -> pandas.DataFrame:
    import pandas

    frame = pandas.DataFrame(rows)
    frame.attrs = {
        "amount_unit": amount_unit,
        "disclaimer": _core.disclaimer,
        "mgpk_version": _core.version,
    }
    return frame


class _Told(Mapping[str, float]):
    """Named numbers that can also be read as attributes."""

    __slots__ = ("_settings", "_told")
    _told: dict[str, Any]
    _settings: dict[str, Any]

    def __init__(self, told: dict[str, Any], settings: dict[str, Any]) -> None:
        self._told = told
        self._settings = settings

    def __getitem__(self, name: str) -> float:
        numbers: dict[str, float] = self._told["numbers"]
        if name not in numbers:
            _checks.known_keys("this analysis", [name], numbers)
        return numbers[name]

    def __getattr__(self, name: str) -> float:
        if name.startswith("_"):
            raise AttributeError(name)
        try:
            return self[name]
        except KeyError as error:
            raise AttributeError(str(error)) from None

    def __iter__(self) -> Iterator[str]:
        return iter(self._told["numbers"])

    def __len__(self) -> int:
        return len(self._told["numbers"])

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *self})

    @property
    def reasons(self) -> dict[str, str]:
        """Why a number that was asked for could not be determined, by its name."""
        return dict(self._told["reasons"])

    @property
    def not_asked(self) -> dict[str, str]:
        """Numbers that were not asked for or that this route does not have, and why not."""
        return dict(self._told["not_asked"])

    @property
    def notes(self) -> list[str]:
        """Which rules were applied to the data, one sentence each."""
        return list(self._told["notes"])

    @property
    def lambda_z_times_h(self) -> list[float]:
        """Times of the points that made lambda_z, h after the dose; empty where there is none."""
        return list(self._told["lambda_z_times_h"])

    @property
    def lambda_z_how(self) -> str:
        """Why these points made lambda_z; empty where there is none."""
        how: str = self._told["lambda_z_how"]
        return how

    @property
    def settings(self) -> dict[str, Any]:
        """How the analysis was done: route, rule, dose, unit of amounts, and so on."""
        data = ("times_h", "c", "is_blq", "starts_h", "ends_h", "amounts", "plasma")
        return {key: value for key, value in self._settings.items() if key not in data}

    @property
    def units(self) -> dict[str, str]:
        """Unit of each number; empty for a fraction, a ratio or a count."""
        return {name: tables.unit_of(name, self._settings["amount_unit"]) for name in self}

    def to_dict(self) -> dict[str, float]:
        """The numbers as a plain dictionary.

        Returns
        -------
        dict
            Name, which ends in the unit, to value; NaN where there is none.
        """
        return dict(self._told["numbers"])

    def to_pandas(self) -> pandas.DataFrame:
        """One row with all numbers.

        Returns
        -------
        pandas.DataFrame
            The names of the numbers as columns, then ``reasons`` and ``notes`` as text.
        """
        return _numbers_frame([self._row()], self._settings["amount_unit"])

    def _row(self) -> dict[str, Any]:
        reasons = "; ".join(f"{name}: {why}" for name, why in self.reasons.items())
        return {**self.to_dict(), "reasons": reasons, "notes": "; ".join(self.notes)}

    def _cdisc_row(self, name: str, code: tables.Code, value: float, why: str) -> dict[str, Any]:
        known = not math.isnan(value)
        scaled = value * code.factor
        unit = tables.cdisc_unit_of(name, self._settings["amount_unit"], code)
        area = "auc" in name or "aumc" in name or "aurc" in name
        return {
            "PPTESTCD": code.code,
            "PPTEST": code.test,
            "PPORRES": _core.text_of(scaled) if known else "",
            "PPORRESU": unit,
            "PPSTRESN": scaled,
            "PPSTRESU": unit,
            "PPSTAT": "" if known else "NOT DONE",
            "PPREASND": "" if known else why,
            "PPANMETH": tables.METHODS[self._settings["rule"]] if area else "",
            "PPSTINT": "",
            "PPENINT": "",
        }

    def _cdisc_rows(self) -> list[dict[str, Any]]:
        codes, reasons = tables.codes(self._cdisc_table()), self.reasons
        return [
            self._cdisc_row(name, codes[name], value, reasons.get(name, ""))
            for name, value in self.items()
            if name in codes and name not in self._told["not_asked"]
        ]

    def _cdisc_table(self) -> str:
        route: str = self._settings["route"]
        return route

    def to_cdisc(self, *, subject: str | None = None) -> pandas.DataFrame:
        """The numbers as rows of CDISC's domain of pharmacokinetic parameters (SDTM PP).

        Numbers without a CDISC code are left out, as are those that were not asked for; what could
        not be determined is "NOT DONE" with its reason. Fractions become percent.

        Parameters
        ----------
        subject : str, optional
            Goes into ``USUBJID``.

        Returns
        -------
        pandas.DataFrame
            ``PPTESTCD``, ``PPTEST``, ``PPORRES``, ``PPORRESU``, ``PPSTRESN``, ``PPSTRESU``,
            ``PPSTAT``, ``PPREASND``, ``PPANMETH``, and ``PPSTINT``, ``PPENINT`` of intervals.
        """
        rows = self._cdisc_rows()
        if subject is not None:
            name = _checks.text("subject", subject, "give a name")
            rows = [{"USUBJID": name, **row} for row in rows]
        return _numbers_frame(rows, self._settings["amount_unit"])

    def _lines(self) -> list[str]:
        """The table of ``repr``: what is known, then why the rest is not."""
        known = [(name, value) for name, value in self.items() if not math.isnan(value)]
        cells = [
            (name, tables.shown(value), self.units[name], tables.WORDS[name])
            for name, value in known
        ]
        width = max((len(name) for name, *_ in cells), default=0)
        lines = [
            f"  {name:<{width}}  {value:>12}  {unit:<9}  {words}".rstrip()
            for name, value, unit, words in cells
        ]
        if self.lambda_z_times_h:
            times = ", ".join(f"{t:g}" for t in self.lambda_z_times_h)
            lines.append(f"lambda_z from the samples at {times} h: {self.lambda_z_how}")
        together: dict[str, list[str]] = {}
        for name, why in self.reasons.items():
            together.setdefault(why, []).append(name)
        lines += [f"not determined: {', '.join(names)}: {why}" for why, names in together.items()]
        return lines + [f"note: {note}" for note in self.notes]

    def _repr_html_(self) -> str:
        from mgpk import display

        rows = [
            (tables.WORDS[name], tables.shown(value), self.units[name])
            for name, value in self.items()
            if not math.isnan(value)
        ]
        return display.table(("", "value", "unit"), rows) + display.words_below()

    def __eq__(self, other: object) -> bool:
        return (
            type(other) is type(self)
            and isinstance(other, _Told)
            and repr(self._told) == repr(other._told)
            and self._settings == other._settings
        )

    __hash__ = None  # type: ignore[assignment]

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self), (self._told, self._settings))


class NcaResult(_Told):
    """The non-compartmental analysis of one curve of concentrations.

    ``result["half_life_h"]`` and ``result.half_life_h`` are a number, its unit in its name;
    ``amount`` is the unit of the dose (``settings["amount_unit"]``). What could not be determined
    is NaN, and ``reasons`` says why. Comes out of ``mgpk.nca``.
    """

    __slots__ = ()

    @property
    def partial(self) -> list[dict[str, Any]]:
        """The intervals that were asked for: ends, area, share of it that is extrapolated, ...

        ``from_h`` and ``to_h`` are h after the dose; NaN comes with a ``reason``.
        """
        return [dict(part) for part in self._told["parts"]]

    def accumulation_over(self, first: NcaResult) -> dict[str, float]:
        """How much more this dosing interval shows than the first one of the same person.

        Parameters
        ----------
        first : NcaResult
            The analysis of the first interval, with ``tau_h``, as this one.

        Returns
        -------
        dict
            ``accumulation_auc_ratio``, ``accumulation_c_max_ratio``, ``accumulation_c_min_ratio``.

        Raises
        ------
        ValueError
            An analysis without ``tau_h``, or two of different length.
        """
        if not isinstance(first, NcaResult):
            _checks.refuse(
                "first must be an analysis", _checks.shown(first), "give an NcaResult", TypeError
            )
        taus = (first.settings["tau_h"], self.settings["tau_h"])
        if None in taus or taus[0] != taus[1]:
            _checks.refuse(
                "accumulation compares two dosing intervals of one length",
                f"{taus[0]} and {taus[1]} h",
                "give both analyses the same tau_h",
            )
        names = {
            "accumulation_auc_ratio": "auc_tau_amount_h_per_L",
            "accumulation_c_max_ratio": "c_max_tau_amount_per_L",
            "accumulation_c_min_ratio": "c_min_tau_amount_per_L",
        }
        return {ratio: _core.nca_ratio(self[of], first[of]) for ratio, of in names.items()}

    def _cdisc_rows(self) -> list[dict[str, Any]]:
        rows = super()._cdisc_rows()
        for part in self._told["parts"]:
            name = "auc_amount_h_per_L"
            row = self._cdisc_row(name, tables.PARTIAL, part[name], part["reason"])
            row["PPSTINT"] = tables.duration(part["from_h"])
            row["PPENINT"] = tables.duration(part["to_h"])
            rows.append(row)
        return rows

    def __repr__(self) -> str:
        head = f"<NcaResult: {self._settings['route']}, {self._settings['rule']} areas"
        if self._settings["dose_amount"] is not None:
            head += f", dose {self._settings['dose_amount']:g} {self._settings['amount_unit']}"
        lines = [f"{head}; times in h after the dose>", *self._lines()]
        for part in self._told["parts"]:
            area = tables.shown(part["auc_amount_h_per_L"])
            unit = tables.unit_of("_amount_h_per_L", self._settings["amount_unit"])
            beyond = part["f_extrapolated"]
            extra = f", {beyond:.1%} of it extrapolated" if beyond > 0 else ""
            why = f": {part['reason']}" if part["reason"] else ""
            lines.append(
                f"AUC from {part['from_h']:g} to {part['to_h']:g} h: {area} {unit}{extra}{why}"
            )
        return "\n".join(lines)


class NcaUrineResult(_Told):
    """The non-compartmental analysis of one person's collections of urine.

    Numbers as in ``NcaResult``. Comes out of ``mgpk.nca_urine``.
    """

    __slots__ = ()

    @property
    def collections(self) -> list[dict[str, float]]:
        """Each collection: ends and midpoint (h after the dose), amount, rate, sum of amounts."""
        return [dict(one) for one in self._told["parts"]]

    def _without_plasma(self, why: str) -> NcaUrineResult:
        """The same, saying that plasma was meant to be there, and was refused."""
        names = ("auc_amount_h_per_L", "cl_renal_L_per_h")
        missing = {name: f"plasma was refused: {why}" for name in names}
        kept = {name: text for name, text in self.not_asked.items() if name not in names}
        told = {**self._told, "not_asked": kept, "reasons": {**self.reasons, **missing}}
        return NcaUrineResult(told, self._settings)

    def _cdisc_table(self) -> str:
        return "urine"

    def _cdisc_rows(self) -> list[dict[str, Any]]:
        rows = super()._cdisc_rows()
        parts = self._told["parts"]
        for row in rows:
            if row["PPTESTCD"] in ("RCAMINT", "RCPCINT", "RENALCL"):
                row["PPSTINT"] = tables.duration(parts[0]["from_h"])
                row["PPENINT"] = tables.duration(parts[-1]["to_h"])
        for part in parts:
            name = "rate_amount_per_h"
            row = self._cdisc_row(name, tables.RATE, part[name], "")
            row["PPSTINT"] = tables.duration(part["from_h"])
            row["PPENINT"] = tables.duration(part["to_h"])
            rows.append(row)
        return rows

    def __repr__(self) -> str:
        n = len(self._told["parts"])
        head = f"<NcaUrineResult: {n} collections; times in h after the dose>"
        return "\n".join([head, *self._lines()])


class NcaResults(Mapping[Any, _Told]):
    """The analyses of a data set, by person: a mapping from ID to result.

    ``failures`` tells which person could not be analysed at all, and why. Comes out of ``mgpk.nca``
    and ``mgpk.nca_urine`` of a data set.
    """

    __slots__ = ("_failures", "_results")
    _results: dict[Any, _Told]
    _failures: dict[Any, str]

    def __init__(self, results: dict[Any, _Told], failures: dict[Any, str]) -> None:
        self._results = results
        self._failures = failures

    def __getitem__(self, person: Any) -> _Told:
        if person in self._failures:
            _checks.refuse(
                f"the analysis of {person} must have succeeded",
                "refused",
                self._failures[person],
                KeyError,
            )
        return self._results[person]

    def __iter__(self) -> Iterator[Any]:
        return iter(self._results)

    def __len__(self) -> int:
        return len(self._results)

    @property
    def failures(self) -> dict[Any, str]:
        """Persons whose data were refused, and why."""
        return dict(self._failures)

    def to_pandas(self) -> pandas.DataFrame:
        """One row per person.

        Returns
        -------
        pandas.DataFrame
            ``ID``, the names of the numbers, ``reasons``, ``notes``, and ``failure``, empty where
            there was none.
        """
        rows = [
            {"ID": person, **result._row(), "failure": ""}
            for person, result in self._results.items()
        ]
        rows += [{"ID": person, "failure": why} for person, why in self._failures.items()]
        return _numbers_frame(rows, self._amount_unit())

    def to_cdisc(self) -> pandas.DataFrame:
        """All numbers as rows of CDISC's domain PP, with ``USUBJID``.

        Returns
        -------
        pandas.DataFrame
            As ``NcaResult.to_cdisc``.
        """
        rows = [
            {"USUBJID": str(person), **row}
            for person, result in self._results.items()
            for row in result._cdisc_rows()
        ]
        return _numbers_frame(rows, self._amount_unit())

    def _amount_unit(self) -> str:
        units = [result._settings["amount_unit"] for result in self._results.values()]
        return units[0] if units else "amount"

    def __repr__(self) -> str:
        lines = [f"<NcaResults: {len(self._results)} persons, {len(self._failures)} refused>"]
        return "\n".join(lines + [f"  {person}: {why}" for person, why in self._failures.items()])

    def __reduce__(self) -> tuple[Any, ...]:
        return (NcaResults, (self._results, self._failures))
