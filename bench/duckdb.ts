/** The peer: DuckDB writing readings of the same columns to CSV. */
import { DuckDBInstance } from "@duckdb/node-api";

/** Writes `rows` rows shaped like `environmental_environmentalreading` to a CSV file. */
export async function writeReadings(path: string, rows: number, threads: number): Promise<void> {
  const instance = await DuckDBInstance.create(":memory:", { threads: String(threads) });
  const connection = await instance.connect();
  await connection.run(`
    copy (
      select i + 1 as id, (80 + random() * 20)::decimal(10, 4) as value,
        timestamp '2022-01-01 06:00:00' + to_hours((i // 70)::int) as reading_time,
        false as is_manual, '' as notes,
        timestamp '2022-01-01 06:00:00' + to_hours((i // 70)::int) as created_at,
        1 as batch_id, 901 + i % 10 as container_id, 1 + i % 7 as parameter_id,
        null as recorded_by_id, 5101 + i % 70 as sensor_id,
        1 + i % 10 as batch_container_assignment_id
      from range(${rows}) as t(i)
    ) to '${path.replaceAll("'", "''")}' (format csv, header)
  `);
  connection.closeSync();
  instance.closeSync();
}
