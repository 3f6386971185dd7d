"""What records read of others that they point at by key, put beside what they state themselves."""


def joined(program, schema, raws):
    """(record, why) of each: `why` says of a fact that is not read what is lacking. All point at records of `raws`."""
    declared = program.schemas[schema]
    fields = [program.fields[number] for number in declared["fields"]]
    key = program.fields[declared["key"]]["name"]
    for raw in raws:
        whole, why = dict(raw), {}
        for field in fields:
            if "via" not in field:
                continue
            by, target = program.fields[field["via"]]["name"], program.fields[field["target"]]
            name = program.schemas[target["schema"]]["name"]
            wanted = whole.get(by)
            found = [other for other in raws if target["schema"] == schema and other[key] == wanted]
            if wanted is None:
                why[field["name"]] = why.get(by, frozenset({by}))
            elif len(found) == 1:
                whole[field["name"]] = found[0].get(target["name"])
            else:
                why[field["name"]] = frozenset({f"{name}[{wanted}]" + ("重复" if found else "")})
        yield whole, why
