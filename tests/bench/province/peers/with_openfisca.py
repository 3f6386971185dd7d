"""OpenFisca: an input variable for each column and each tag, a variable with a formula for each policy; what is timed is the
evaluation."""
import numpy as np
from openfisca_core import periods
from openfisca_core.entities import build_entity
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from neutral import LEAST, MOST, Kind, Tree, Workload

from .columns import Records, known_column, tag_column


def source(workload: Workload, tree: Tree, tables: dict[int, np.ndarray]) -> str:
    """A condition as an expression of arrays: f(variable, p)."""
    if isinstance(tree, tuple):
        return "(" + ("&" if tree[0] == "and" else "|").join(source(workload, child, tables) for child in tree[1]) + ")"
    atom = workload.atoms[tree]
    column, known = f"f('{atom.column}',p)", f"f('{known_column(atom.column)}',p)"
    if atom.kind == Kind.HAS:
        has = f"f('{tag_column(atom.column, atom.payload)}',p)"
        return f"({known}&~{has})" if atom.negated else has
    if atom.kind == Kind.SET:
        tables[tree] = np.full(len(workload.dictionaries[atom.column]), atom.negated)
        tables[tree][list(atom.payload)] = not atom.negated
        return f"({known}&tables[{tree}][{column}])"
    if atom.kind == Kind.RATIO:
        divisor, op, num, den = atom.payload
        divisor, divisor_known = f"f('{divisor}',p)", f"f('{known_column(divisor)}',p)"
        return f"({known}&{divisor_known}&({divisor}>0)&({column}*{den}{op}{divisor}*{num}))"
    low, high = atom.payload
    if atom.negated:
        return f"({known}&(({column}<{low})|({column}>{high})))"
    parts = [known] + [f"({column}>={low})"] * (low > LEAST) + [f"({column}<={high})"] * (high < MOST)
    return "(" + "&".join(parts) + ")"


def prepare(workload: Workload, records: Records, mode: str, threads: int):
    firm = build_entity(key="firm", plural="firms", label="firm", is_person=True)
    system = TaxBenefitSystem([firm])

    def declare(name: str, of: type, **more) -> None:
        about = dict(value_type=of, entity=firm, definition_period=DateUnit.YEAR, label=name, **more)
        system.add_variable(type(name, (Variable,), about))

    inputs = {}
    for name, null in records.null.items():
        inputs[known_column(name)] = ~null
        if name in records.offsets:
            inputs |= {tag_column(name, tag): has for tag, has in records.who_has(name).items()}
        else:
            inputs[name] = np.where(null, 0, records.values[name]).astype(records.values[name].dtype)
    for name, values in inputs.items():
        declare(name, bool if values.dtype == bool else int)
    tables: dict[int, np.ndarray] = {}
    for policy, tree in enumerate(workload.trees):
        scope = {"tables": tables}
        exec(f"def formula(f, p): return {source(workload, tree, tables)}", scope)
        declare(f"policy_{policy}", bool, formula=scope["formula"])
    year = periods.period("2024")

    def simulation():
        builder = SimulationBuilder()
        builder.create_entities(system)
        builder.declare_person_entity("firm", np.arange(records.count))
        made = builder.build(system)
        for name, values in inputs.items():
            # By the holder's own storage, because setting an input would narrow amounts to 32 bits.
            made.get_holder(name)._memory_storage.put(values, year)
        return made

    def run(made):
        return [(p, np.flatnonzero(made.calculate(f"policy_{p}", year))) for p in range(len(workload.trees))]

    run.before = simulation
    return run
