"""What records, and rows of their lists, read of others that they point at by key, beside what they state themselves."""

WHY = "为什么缺"  # in a row: what its missing facts hang on


def joined(program, schema, raws):
    """(record, why) of each: `why` says of a fact that is not read what is lacking. All point at records of `raws`."""
    for raw in raws:
        yield of_record(program, schema, raw, raws, schema, "")


def of_record(program, schema, raw, raws, pointed_at, prefix):
    """`pointed_at` is the 结构 of `raws`; `prefix` is how the facts of a row are called."""
    fields = [program.fields[number] for number in program.schemas[schema]["fields"]]
    whole, why = dict(raw), {}
    for field in fields:
        if "via" not in field:
            continue
        by, target = program.fields[field["via"]]["name"], program.fields[field["target"]]
        other_schema = program.schemas[target["schema"]]
        key = program.fields[other_schema["key"]]["name"]
        wanted = whole.get(by)
        found = [other for other in raws if target["schema"] == pointed_at and other[key] == wanted]
        if wanted is None:
            why[field["name"]] = why.get(by, frozenset({prefix + by}))
        elif len(found) == 1:
            whole[field["name"]] = found[0].get(target["name"])
        else:
            why[field["name"]] = frozenset({f"{other_schema['name']}[{wanted}]" + ("重复" if found else "")})
    for field in fields:
        name, kind = field["name"], field["type"]
        if kind["kind"] == "list" and whole.get(name) is not None:
            rows = [
                of_record(program, kind["schema"], row, raws, pointed_at, f"{prefix}{name}.") for row in whole[name]
            ]
            whole[name] = [row | {WHY: its_why} for row, its_why in rows]
    return whole, why
