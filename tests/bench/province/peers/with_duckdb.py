"""DuckDB, two ways: `filters` (a WHERE for each policy: adaptive order of conditions, zone maps on the county) and
`expressions` (a truth column for each policy, 500 policies a query)."""
import duckdb
import numpy as np

from neutral import Workload

from .columns import Records
from .sql import Sql

CHUNK = 500


def prepare(workload: Workload, records: Records, mode: str, threads: int):
    connection = duckdb.connect()
    connection.execute(f"SET threads={threads}")
    connection.execute("SET preserve_insertion_order=true")
    arrow_records = records.arrow()  # noqa: F841  found by its name
    connection.execute("CREATE TABLE records AS SELECT * FROM arrow_records")
    sql = Sql(workload, records)

    def filters():
        return [(p, connection.execute(f"SELECT record FROM records WHERE {sql.where(p)}").fetchnumpy()["record"])
                for p in range(len(workload.trees))]

    def expressions():
        found = []
        for start in range(0, len(workload.trees), CHUNK):
            some = range(start, min(start + CHUNK, len(workload.trees)))
            columns = ",".join(f"coalesce({sql.where(p)},false) AS p{p}" for p in some)
            truths = connection.execute(f"SELECT {columns} FROM records").fetchnumpy()
            found += [(p, np.flatnonzero(truths[f"p{p}"])) for p in some]
        return found

    return {"filters": filters, "expressions": expressions}[mode]
