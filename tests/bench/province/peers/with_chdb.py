"""ClickHouse in the process (chdb), two ways: `expressions` (an array of who fits for each policy, 500 policies a query) and
`filters` (a WHERE for each policy, by the primary key on the county)."""
import os
import tempfile

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from chdb import session

from neutral import Workload

from .columns import Records
from .sql import Sql

CHUNK = 500
LARGE = "max_query_size=1000000000, max_ast_elements=100000000, max_expanded_ast_elements=100000000"


def prepare(workload: Workload, records: Records, mode: str, threads: int):
    database = session.Session()
    with tempfile.NamedTemporaryFile(suffix=".parquet") as file:
        pq.write_table(records.arrow(), file.name)
        database.query("CREATE DATABASE IF NOT EXISTS b ENGINE=Atomic")
        database.query("CREATE TABLE b.records ENGINE=MergeTree ORDER BY (county, record) SETTINGS allow_nullable_key=1"
                       f" AS SELECT * FROM file('{os.path.abspath(file.name)}', Parquet)")
    database.query("OPTIMIZE TABLE b.records FINAL")
    settings = f" SETTINGS max_threads={threads}, {LARGE}"
    sql = Sql(workload, records)

    def expressions():
        found = []
        for start in range(0, len(workload.trees), CHUNK):
            some = range(start, min(start + CHUNK, len(workload.trees)))
            columns = ",".join(f"groupArrayIf(assumeNotNull(record),ifNull({sql.where(p)},0)) AS p{p}" for p in some)
            answer = database.query(f"SELECT {columns} FROM b.records" + settings, "ArrowStream").bytes()
            lists = pa.ipc.open_stream(pa.BufferReader(answer)).read_all()
            found += [(p, lists[f"p{p}"].chunk(0).values.to_numpy()) for p in some]
        return found

    def filters():
        found = []
        for p in range(len(workload.trees)):
            query = f"SELECT assumeNotNull(record) FROM b.records WHERE {sql.where(p)}" + settings
            found.append((p, np.frombuffer(database.query(query, "RowBinary").bytes(), np.int32)))
        return found

    return {"expressions": expressions, "filters": filters}[mode]
