"""The plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal

from mgpk import _checks, _core
from mgpk.plan_lines import LINE_KEYS, checked_lines, lines_in_words

__all__ = ["Schedule"]

ResetTo = Literal["baseline", "empty_gut"]
CovariateRule = Literal["carried_forward", "carried_backward", "linear"]

_UNITS = {
    "elemental_mg": "milligrams of elemental magnesium",
    "salt_mg": "milligrams of the whole salt",
    "mmol": "millimoles of magnesium",
    "mEq": "milliequivalents of magnesium",
}
_BY_KEYWORD = "write elemental_mg=, salt_mg=, mmol= or mEq= before the amount"


def _amount(call: str, **given: object) -> tuple[str, float]:
    """The one amount that was given, with its unit."""
    found = {unit: value for unit, value in given.items() if value is not None}
    if len(found) != 1:
        _checks.refuse(
            f"{call} takes exactly one of {', '.join(given)}",
            " and ".join(found) if found else "none of them",
            "say once what the amount is",
            TypeError,
        )
    ((unit, value),) = found.items()
    return unit, _checks.number(unit, value, f"give {_UNITS[unit]}")


def _timing(
    at_h: object,
    every_h: object,
    times: object,
    over_h: object = 0.0,
    tlag_h: object = 0.0,
    f_bioavailable: object = 1.0,
    at_steady_state: object = False,
) -> _core.Timing:
    return _core.Timing(
        at_h=_checks.number("at_h", at_h, "give hours after the start of the run"),
        every_h=0.0
        if every_h is None
        else _checks.number("every_h", every_h, "give the interval in hours"),
        times=1 if times is None else _checks.count("times", times),
        over_h=_checks.number("over_h", over_h, "give the length in hours"),
        tlag_h=_checks.number("tlag_h", tlag_h, "give hours"),
        f_bioavailable=_checks.number("f_bioavailable", f_bioavailable, "give a fraction"),
        at_steady_state=_checks.flag("at_steady_state", at_steady_state),
    )


class Schedule:
    """A plan of doses, meals and changes of diet.

    Every call adds one line and gives the plan itself back, so that calls chain. Times are hours
    after the midnight at which a run starts.

    See Also
    --------
    mgpk.salts : the salts that are known, with their hydrates.
    """

    __slots__ = ("_inner",)
    _inner: _core.Schedule

    @_checks.keywords("start with Schedule() and add lines with oral, iv, im, meal, diet or fast")
    def __init__(self) -> None:
        self._inner = _core.Schedule()

    @_checks.keywords(_BY_KEYWORD)
    def oral(
        self,
        salt: str | Mapping[str, float],
        *,
        elemental_mg: float | None = None,
        salt_mg: float | None = None,
        mmol: float | None = None,
        mEq: float | None = None,
        at_h: float = 0.0,
        every_h: float | None = None,
        times: int | None = None,
        with_meal: bool = False,
        label: str | None = None,
        hydrate: str | None = None,
        tlag_h: float = 0.0,
        f_bioavailable: float = 1.0,
        at_steady_state: bool = False,
    ) -> Schedule:
        """Adds a dose by mouth. Give exactly one amount.

        Parameters
        ----------
        salt : str or mapping of str to float
            A salt, or a mix as shares of its magnesium that add up to 1, as
            ``{"glycinate": 0.6, "oxide": 0.4}``; a mix needs a label.
        elemental_mg : float, optional
            Amount in mg of magnesium itself, (0, 5000].
        salt_mg : float, optional
            Amount in mg of the whole salt; needs the hydrate where the salt has several.
        mmol : float, optional
            Amount in mmol of magnesium, (0, 250].
        mEq : float, optional
            Amount in mEq of magnesium, two for each mmol.
        at_h : float
            Time of the first in h.
        every_h : float, optional
            Interval in h; needed when ``times`` is more than 1.
        times : int, optional
            How often; 1 unless given.
        with_meal : bool
            Eaten with the diet's meal of that time, or with a standard meal added for it.
        label : str, optional
            Names the source in the results; the salt's name unless given.
        hydrate : str, optional
            Form of the salt, such as "heptahydrate".
        tlag_h : float
            How much later in h each dose arrives than it is taken.
        f_bioavailable : float
            Share of the dose that is given on, a fraction, [0, 1]; the rest counts as given and
            never arrives.
        at_steady_state : bool
            Taken every ``every_h`` since long ago: at ``at_h`` the body comes to stand on the
            periodic orbit of the diet and this line, and what was given before is gone.

        Returns
        -------
        Schedule
            The plan itself.

        Raises
        ------
        UnknownNameError
            A salt or hydrate that is not known.
        ValueError
            An amount, a time or a label that is refused.
        TypeError
            No amount, two amounts, an amount without its keyword, or a keyword not known.
        """
        unit, amount = _amount(
            "oral", elemental_mg=elemental_mg, salt_mg=salt_mg, mmol=mmol, mEq=mEq
        )
        timing = _timing(
            at_h, every_h, times, 0.0, tlag_h, f_bioavailable, at_steady_state
        )
        with_meal = _checks.flag("with_meal", with_meal)
        name = "" if label is None else _checks.text("label", label, "give a short name")
        if label == "":
            _checks.refuse("label must not be empty", '""', "give a name, or leave it out")
        form = "" if hydrate is None else _checks.text("hydrate", hydrate, "give its name")
        if isinstance(salt, Mapping):
            self._oral_mix(salt, unit, amount, timing, with_meal, name, form)
        else:
            salt = _checks.text("salt", salt, "give its name, or shares of several salts")
            self._inner.oral(salt, unit, amount, timing, with_meal, name, form)
        return self

    def _oral_mix(
        self,
        shares: Mapping[str, float],
        unit: str,
        amount: float,
        timing: _core.Timing,
        with_meal: bool,
        label: str,
        hydrate: str,
    ) -> None:
        if not label:
            _checks.refuse("a mix needs a label", "missing", 'give one such as label="buffered"')
        if hydrate:
            _checks.refuse(
                "a mix takes no hydrate", f'"{hydrate}"', "leave it out: a mix has no salt mass"
            )
        pairs = [
            (name, _checks.number(f"the share of {name}", share, "give a fraction"))
            for name, share in _checks.mapping("salt", shares, "give salt names").items()
        ]
        self._inner.oral_mix(pairs, unit, amount, timing, with_meal, label)

    @_checks.keywords(_BY_KEYWORD)
    def iv(
        self,
        salt: str,
        *,
        elemental_mg: float | None = None,
        salt_mg: float | None = None,
        mmol: float | None = None,
        mEq: float | None = None,
        at_h: float = 0.0,
        over_h: float = 0.0,
        every_h: float | None = None,
        times: int | None = None,
        tlag_h: float = 0.0,
        f_bioavailable: float = 1.0,
        at_steady_state: bool = False,
    ) -> Schedule:
        """Adds a dose into a vein: a bolus, or an infusion over ``over_h``. Give one amount.

        Parameters
        ----------
        salt : str
            The salt.
        elemental_mg : float, optional
            Amount in mg of magnesium itself, (0, 5000].
        salt_mg : float, optional
            Amount in mg of the whole salt; the hydrate stands in the salt's name.
        mmol : float, optional
            Amount in mmol of magnesium, (0, 250].
        mEq : float, optional
            Amount in mEq of magnesium, two for each mmol.
        at_h : float
            Start of the first in h.
        over_h : float
            Length of the infusion in h; 0 is a bolus.
        every_h : float, optional
            Interval in h; needed when ``times`` is more than 1.
        times : int, optional
            How often; 1 unless given.
        tlag_h : float
            How much later in h each dose arrives than it is taken.
        f_bioavailable : float
            Share of the dose that is given on, a fraction, [0, 1]; the rest counts as given and
            never arrives. The length of an infusion stays, so its rate falls.
        at_steady_state : bool
            Taken every ``every_h`` since long ago: at ``at_h`` the body comes to stand on the
            periodic orbit of the diet and this line, and what was given before is gone.

        Returns
        -------
        Schedule
            The plan itself.

        Raises
        ------
        UnknownNameError
            A salt that is not known.
        ValueError
            An amount or a time that is refused.
        TypeError
            No amount, two amounts, an amount without its keyword, or a keyword not known.
        """
        unit, amount = _amount("iv", elemental_mg=elemental_mg, salt_mg=salt_mg, mmol=mmol, mEq=mEq)
        salt = _checks.text("salt", salt, "give the name of a salt")
        timing = _timing(at_h, every_h, times, over_h, tlag_h, f_bioavailable, at_steady_state)
        self._inner.iv(salt, unit, amount, timing)
        return self

    @_checks.keywords(_BY_KEYWORD)
    def im(
        self,
        salt: str,
        *,
        elemental_mg: float | None = None,
        salt_mg: float | None = None,
        mmol: float | None = None,
        mEq: float | None = None,
        at_h: float = 0.0,
        every_h: float | None = None,
        times: int | None = None,
        tlag_h: float = 0.0,
        f_bioavailable: float = 1.0,
        at_steady_state: bool = False,
    ) -> Schedule:
        """Adds a dose into a muscle. Give exactly one amount.

        Parameters
        ----------
        salt : str
            The salt.
        elemental_mg : float, optional
            Amount in mg of magnesium itself, (0, 5000].
        salt_mg : float, optional
            Amount in mg of the whole salt; the hydrate stands in the salt's name.
        mmol : float, optional
            Amount in mmol of magnesium, (0, 250].
        mEq : float, optional
            Amount in mEq of magnesium, two for each mmol.
        at_h : float
            Time of the first in h.
        every_h : float, optional
            Interval in h; needed when ``times`` is more than 1.
        times : int, optional
            How often; 1 unless given.
        tlag_h : float
            How much later in h each dose arrives than it is taken.
        f_bioavailable : float
            Share of the dose that is given on, a fraction, [0, 1]; the rest counts as given and
            never arrives.
        at_steady_state : bool
            Taken every ``every_h`` since long ago: at ``at_h`` the body comes to stand on the
            periodic orbit of the diet and this line, and what was given before is gone.

        Returns
        -------
        Schedule
            The plan itself.

        Raises
        ------
        UnknownNameError
            A salt that is not known.
        ValueError
            An amount or a time that is refused.
        TypeError
            No amount, two amounts, an amount without its keyword, or a keyword not known.
        """
        unit, amount = _amount("im", elemental_mg=elemental_mg, salt_mg=salt_mg, mmol=mmol, mEq=mEq)
        salt = _checks.text("salt", salt, "give the name of a salt")
        timing = _timing(at_h, every_h, times, 0.0, tlag_h, f_bioavailable, at_steady_state)
        self._inner.im(salt, unit, amount, timing)
        return self

    @_checks.keywords("write elemental_mg= before the amount")
    def meal(
        self,
        *,
        elemental_mg: float,
        at_h: float = 0.0,
        every_h: float | None = None,
        times: int | None = None,
        phytate_mmol: float = 0.0,
        oxalate_mmol: float = 0.0,
    ) -> Schedule:
        """Adds a standard meal besides those of the diet.

        Parameters
        ----------
        elemental_mg : float
            Magnesium that the meal brings in mg; 0 is allowed.
        at_h : float
            Time of the first in h.
        every_h : float, optional
            Interval in h; needed when ``times`` is more than 1.
        times : int, optional
            How often; 1 unless given.
        phytate_mmol : float
            Phytic acid beyond that of usual food, in mmol (a whole-meal bread of 200 g brings 1.5).
        oxalate_mmol : float
            Oxalic acid beyond that of usual food, in mmol (300 g of spinach bring 6.6).

        Returns
        -------
        Schedule
            The plan itself.

        Raises
        ------
        ValueError
            An amount or a time that is refused.
        """
        amount = _checks.number("elemental_mg", elemental_mg, f"give {_UNITS['elemental_mg']}")
        phytate = _checks.number("phytate_mmol", phytate_mmol)
        oxalate = _checks.number("oxalate_mmol", oxalate_mmol)
        self._inner.meal(amount, _timing(at_h, every_h, times), phytate, oxalate)
        return self

    @_checks.keywords("write mg_per_d= before the diet")
    def diet(self, *, mg_per_d: float, at_h: float = 0.0, over_h: float) -> Schedule:
        """Adds a stretch of another diet, eaten at the usual meal times.

        Parameters
        ----------
        mg_per_d : float
            Elemental magnesium of that diet in mg/d, [0, 3000].
        at_h : float
            Start in h.
        over_h : float
            Length in h.

        Returns
        -------
        Schedule
            The plan itself.

        Raises
        ------
        ValueError
            An amount or a time that is refused.
        """
        self._inner.diet(
            _checks.number("mg_per_d", mg_per_d, "give elemental magnesium in mg per day"),
            _checks.number("at_h", at_h, "give hours after the start of the run"),
            _checks.number("over_h", over_h, "give the length in hours"),
        )
        return self

    @_checks.keywords("write at_h= and over_h= before the hours")
    def fast(self, *, at_h: float = 0.0, over_h: float) -> Schedule:
        """Adds a stretch without any meal.

        Parameters
        ----------
        at_h : float
            Start in h.
        over_h : float
            Length in h.

        Returns
        -------
        Schedule
            The plan itself.

        Raises
        ------
        ValueError
            A time that is refused.
        """
        self._inner.fast(
            _checks.number("at_h", at_h, "give hours after the start of the run"),
            _checks.number("over_h", over_h, "give the length in hours"),
        )
        return self

    @_checks.keywords("write at_h= before the hours")
    def reset(self, *, at_h: float, to: ResetTo = "baseline") -> Schedule:
        """Ends everything given before: what is there is gone, what is pending never comes.

        Repeats and lagged doses still to come and infusions that run end as well. What else is
        given at that very time is given after it. Meals, diet and covariates go on. The ledger
        books what comes and goes in ``a_reset_mmol``.

        Parameters
        ----------
        at_h : float
            When, in h.
        to : str
            "baseline", the person's own periodic state of that hour of the day, as if nothing had
            ever been given; or "empty_gut", where stomach, gut and muscle are emptied and what was
            absorbed stays.

        Returns
        -------
        Schedule
            The plan itself.

        Raises
        ------
        ValueError
            A time or a word that is refused.
        """
        self._inner.reset(
            _checks.number("at_h", at_h, "give hours after the start of the run"),
            _checks.one_of("to", to, ("baseline", "empty_gut")),
        )
        return self

    @_checks.keywords("write values= and at_h= before the lists")
    def covariate(
        self,
        name: str,
        *,
        values: Iterable[float],
        at_h: Iterable[float],
        rule: CovariateRule = "carried_forward",
    ) -> Schedule:
        """Lets a property of the person change in time.

        The start of the run, the baseline beside it and a reset to the baseline keep the person's
        own value. After the last time its value stays.

        Parameters
        ----------
        name : str
            "gfr_mL_per_min".
        values : array of float
            The values, shape (n,); the GFR in mL/min, [1, 250].
        at_h : array of float
            Their times in h, rising, shape (n,).
        rule : str
            "carried_forward": each value from its time on, before the first the person's own;
            "carried_backward": each up to its time; "linear": a straight line between them, as an
            exact slope in the equations. With the last two the first value holds from the start.

        Returns
        -------
        Schedule
            The plan itself.

        Raises
        ------
        UnknownNameError
            A property that cannot change in time.
        ValueError
            A value or a time that is refused, or a second line for the same property.
        """
        self._inner.covariate(
            _checks.text("name", name, "give the name of a covariate"),
            _checks.numbers("values", values),
            _checks.numbers("at_h", at_h, "give hours"),
            _checks.one_of("rule", rule, ("carried_forward", "carried_backward", "linear")),
        )
        return self

    @_checks.keywords("write at_h= before the hours")
    def occasion(self, number: int, *, at_h: float) -> Schedule:
        """Begins an occasion, such as a visit; it lasts until the next. See ``Run.dosing``.

        Parameters
        ----------
        number : int
            Its number.
        at_h : float
            When, in h.

        Returns
        -------
        Schedule
            The plan itself.

        Raises
        ------
        ValueError
            A number or a time that is refused.
        """
        self._inner.occasion(
            _checks.count("number", number),
            _checks.number("at_h", at_h, "give hours after the start of the run"),
        )
        return self

    @_checks.keywords("write at_h= and over_h= before the hours")
    def modify(
        self,
        name: str,
        *,
        at_h: float = 0.0,
        over_h: float,
        strength: float = 1.0,
        every_h: float | None = None,
        times: int | None = None,
    ) -> Schedule:
        """Lets something act on the person for a while, such as caffeine; see ``mgpk.modifiers()``.

        The numbers of the body change exactly at ``at_h`` and back at its end. While several act,
        their factors multiply. The start, the baseline beside the run and a reset to the baseline
        go without it.

        Parameters
        ----------
        name : str
            A modifier that acts within hours, such as "caffeine" or "thiazide".
        at_h : float
            Start of the first in h.
        over_h : float
            How long it acts in h.
        strength : float
            Size relative to the table: 1 as there, 0 for none, [0, 2]; a factor acts as its power.
        every_h : float, optional
            Interval in h; needed when ``times`` is more than 1.
        times : int, optional
            How often; 1 unless given.

        Returns
        -------
        Schedule
            The plan itself.

        Raises
        ------
        UnknownNameError
            A modifier that is not known.
        ValueError
            One that only lasts, or a time or a strength that is refused.
        """
        self._inner.modify(
            _checks.text("name", name, "give the name of a modifier"),
            _timing(at_h, every_h, times, over_h),
            _checks.number("strength", strength, "give 1 for the size of the table"),
        )
        return self

    @classmethod
    @_checks.keywords("write compartments= and unit= before their values")
    def from_records(
        cls,
        records: Any,
        *,
        compartments: Mapping[int | str, str],
        unit: str,
        person: int | str | None = None,
        clock_at_zero_h: float = 0.0,
        reset_to: ResetTo = "baseline",
    ) -> Schedule:
        """A plan from one person's NONMEM-style records; nothing is dropped in silence.

        Columns TIME (in h), EVID, AMT, RATE, II, ADDL, SS, CMT and OCC are read; observations give
        nothing and are no part of a plan. What a plan cannot say is refused with its row: SS = 2
        (effects do not add up in a body with saturable uptake and a threshold), modelled rates,
        infusions without end, columns of F or lag.

        Parameters
        ----------
        records : pandas.DataFrame or Dataset
            The records, in order of time.
        compartments : mapping of int or str to str
            CMT to route and salt, as ``{1: "oral:glycinate", 2: "iv:sulfate", 3: "im:sulfate"}``;
            records without CMT go to the first.
        unit : str
            Of AMT: "mmol", "mEq", "elemental_mg" or "salt_mg".
        person : int or str, optional
            The ID to take; needed where there are several.
        clock_at_zero_h : float
            Hour of the day at TIME 0, in h; a run starts at midnight.
        reset_to : str
            What EVID 3 and 4 mean for a body: "baseline" or "empty_gut".

        Returns
        -------
        Schedule
            The plan.

        Raises
        ------
        ValueError
            A record that a plan cannot say, with its row.
        """
        from mgpk.plan_records import core_plan

        plan = cls()
        plan._inner = core_plan(records, compartments, unit, person, clock_at_zero_h, reset_to)
        return plan

    def copy(self) -> Schedule:
        """A plan of its own with the same lines.

        Returns
        -------
        Schedule
            The copy; adding to it leaves this plan as it is.
        """
        other = Schedule()
        other._inner = self._inner.copy()
        return other

    def in_words(self) -> list[str]:
        """The plan in plain words.

        Returns
        -------
        list of str
            One sentence for each line; amounts in mg elemental magnesium and mmol.
        """
        return lines_in_words(self.to_dict())

    def to_dict(self) -> dict[str, Any]:
        """All lines as a plain dictionary that JSON can hold.

        Returns
        -------
        dict
            Lists of ``doses``, ``meals``, ``diet_changes``, ``resets``, ``covariates``,
            ``occasions`` and ``modifications``; amounts in mmol, times in h.
        """
        return self._inner.to_dict()

    @classmethod
    def from_dict(cls, lines: Mapping[str, Any]) -> Schedule:
        """A plan from what ``to_dict`` gave.

        Parameters
        ----------
        lines : mapping
            Lists of ``doses``, ``meals``, ``diet_changes``, ``resets``, ``covariates``,
            ``occasions`` and ``modifications``; amounts in mmol, times in h.

        Returns
        -------
        Schedule
            Equal to the one that gave the dictionary.

        Raises
        ------
        UnknownNameError
            A key that is not known.
        ValueError
            A line that is refused, or a key that is missing.
        """
        given = _checks.mapping("plan", lines, "give what to_dict gave")
        _checks.known_keys("a plan", given, LINE_KEYS)
        checked = {kind: checked_lines(kind, given.get(kind, [])) for kind in LINE_KEYS}
        plan = cls()
        plan._inner = _core.Schedule.from_dict(checked)
        return plan

    def __bool__(self) -> bool:
        return not self._inner.empty()

    def __len__(self) -> int:
        return sum(len(lines) for lines in self.to_dict().values())

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Schedule):
            return NotImplemented
        return self.to_dict() == other.to_dict()

    __hash__ = None  # type: ignore[assignment]  # a plan can grow

    def __reduce__(self) -> tuple[Any, ...]:
        return (Schedule.from_dict, (self.to_dict(),))

    def __copy__(self) -> Schedule:
        return self.copy()

    def __deepcopy__(self, memo: dict[int, Any]) -> Schedule:
        return self.copy()

    def __repr__(self) -> str:
        return f"<Schedule: {'; '.join(self.in_words()) or 'empty'}>"
