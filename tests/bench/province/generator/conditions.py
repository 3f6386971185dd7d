"""A policy's condition, of one of three shapes."""
from collections.abc import Callable

from .atoms import Atoms, Node
from .pools import Pools


def mixed(atoms: Atoms) -> Node:
    """5 to 30 conditions; 15 % have an `or` group, 10 % another `not`, 10 % a derived value, 5 % a list."""
    draw, lean = atoms.draw, 0.42
    parts = [atoms.industry()] if draw.random() < 0.5 else []
    used: dict[str, int] = {}
    for _ in range(draw.randint(5, 30) - len(parts)):
        for _ in range(5):
            atom = atoms.scalar(lean)
            name = atom.get("col") or atom["not"]["col"]
            if used.get(name, 0) < (1 if name[0] in "be" else 2):
                break
        used[name] = used.get(name, 0) + 1
        parts.append(atom)
    if draw.random() < 0.15:
        parts = parts[:max(3, len(parts) - 3)]
        arms = []
        for _ in range(draw.randint(2, 6)):
            if draw.random() < 0.3:
                arms.append({"and": [atoms.scalar(lean) for _ in range(draw.randint(2, 3))]})
            else:
                arms.append(atoms.scalar(lean))
        parts.append({"or": arms})
    if draw.random() < 0.10:
        parts.append({"not": excluded(atoms)})
    if draw.random() < 0.10:
        parts.append(atoms.derived())
    if draw.random() < 0.05:
        parts.append(atoms.tag() if draw.random() < 0.7 else {"or": [atoms.tag(), atoms.frequent_tag()]})
    draw.shuffle(parts)
    return {"and": parts}


def excluded(atoms: Atoms) -> Node:
    kind = atoms.draw.randrange(3)
    if kind == 0:
        return atoms.scalar(0.2)
    if kind == 1:
        return {"and": [atoms.scalar(0.5), atoms.scalar(0.5)]}
    return {"or": [atoms.scalar(0.1), {"and": [atoms.scalar(0.3), atoms.scalar(0.3)]}]}


def district(atoms: Atoms) -> Node:
    """Some 376 comparisons: a few scalar ones, long lists of industries, and 3 to 6 groups of tags and of arms."""
    draw, count = atoms.draw, 0

    def industries(fewest: int, most: int) -> Node:
        codes = atoms.columns.industries
        return {"col": "industry", "op": "in", "val": sorted(set(draw.sample(codes, draw.randint(fewest, most))))}

    def arm() -> tuple[list[Node], Node]:
        """What it compares, and the arm."""
        kind = draw.random()
        if kind < 0.70:
            made = [atoms.tag()]
            return made, made[0]
        if kind < 0.85:
            made = [atoms.frequent_tag(), atoms.scalar(0.5), atoms.scalar(0.5)]
        elif kind < 0.92:
            made = [atoms.frequent_tag(), atoms.tag(), atoms.scalar(0.2), atoms.tag()]
            return made, {"and": [made[0], {"not": made[1]}, {"or": made[2:]}]}
        elif kind < 0.97:
            made = [industries(20, 150), atoms.scalar(0.3), atoms.derived()]
        else:
            made = [atoms.derived(), atoms.scalar(0.3), atoms.tag()]
        return made, {"and": made}

    parts = [atoms.scalar(1.0) for _ in range(draw.randint(2, 4))]
    if draw.random() < 0.4:
        parts.append(industries(150, 700))
    count = len(parts)
    wanted, groups = draw.randint(300, 452), draw.randint(3, 6)
    for group in range(groups):
        arms = []
        while count < wanted * (group + 1) / groups:
            compared, made = arm()
            count += len(compared)
            arms.append(made)
        parts.append({"or": arms})
    return {"and": parts}


def adversarial(atoms: Atoms, pools: Pools, number: int, used: set[tuple[str, int, bool]]) -> Node:
    """30 comparisons that nearly all firms meet, and whose constants no other policy has."""
    draw, parts = atoms.draw, []
    for _ in range(30):
        name = draw.choice([name for name in atoms.columns.names if name[0] == "m" and name != "m20"])
        pool = pools.numbers[name]
        at = draw.randrange(2, max(3, len(pool) // 10))
        at_least = draw.random() < 0.5
        near = pool[at if at_least else len(pool) - 1 - at]
        while True:
            constant = near + draw.randrange(-abs(near) // 20 - 50, abs(near) // 20 + 50)
            if (name, constant, at_least) not in used:
                break
        used.add((name, constant, at_least))
        parts.append({"col": name, "op": ">=" if at_least else "<", "val": constant})
    if number % 50 == 0:  # never known: the column has nothing but nulls
        parts.append({"not": {"col": "m20", "op": "<", "val": 5}})
    return {"and": parts}


def shape(atoms: Atoms, pools: Pools) -> Callable[[int], Node]:
    """What makes the condition of a policy by its number."""
    used: set[tuple[str, int, bool]] = set()
    return {"mixed": lambda _: mixed(atoms), "district": lambda _: district(atoms),
            "adversarial": lambda number: adversarial(atoms, pools, number, used)}[atoms.columns.profile.shape]
