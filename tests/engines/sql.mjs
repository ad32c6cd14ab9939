// Runs queries on an engine of SQL. Each line of the input is a JSON object: the columns and rows of the table 'events' (the first
// column is a number, the others are texts or null), the queries, and statements that are run before them. Each line of the output has the
// rows of each query, or its error.
import { createInterface } from 'node:readline';

const engines = {
  postgres: async () => {
    const { PGlite } = await import('@electric-sql/pglite');
    const db = await PGlite.create();
    return {
      quote: (name) => '"' + name.replaceAll('"', '""') + '"',
      create: async (columns) => {
        await db.exec(`DROP TABLE IF EXISTS events; CREATE TABLE events (${columns.map((name, i) => name + (i === 0 ? ' BIGINT' : ' TEXT')).join(', ')})`);
      },
      insert: async (columns, rows) => {
        await db.query(
          `INSERT INTO events SELECT ${columns.map((name, i) => `(row->>${i})${i === 0 ? '::BIGINT' : ''}`).join(', ')} FROM json_array_elements($1::json) AS row`,
          [JSON.stringify(rows)]);
      },
      rows: async (query) => (await db.query(query, [], { rowMode: 'array' })).rows,
    };
  },
  clickhouse: async () => {
    const chdb = (await import('chdb')).default;
    const session = new chdb.Session();
    const run = (query, format) => String(session.query(query, format));
    run('CREATE DATABASE sigma ENGINE = Memory', 'CSV');
    run('USE sigma', 'CSV');
    run('SET max_query_size = 10000000', 'CSV');
    return {
      quote: (name) => '`' + name.replaceAll('\\', '\\\\').replaceAll('`', '\\`') + '`',
      create: async (columns) => {
        run('DROP TABLE IF EXISTS events', 'CSV');
        run(`CREATE TABLE events (${columns.map((name, i) => name + (i === 0 ? ' Int64' : ' Nullable(String)')).join(', ')}) ENGINE = Memory`, 'CSV');
      },
      insert: async (columns, rows) => {
        const text = (value) => value === null ? 'NULL' : typeof value === 'number' ? String(value) : "'" + value.replaceAll('\\', '\\\\').replaceAll("'", "\\'") + "'";
        run(`INSERT INTO events VALUES ${rows.map((row) => '(' + row.map(text).join(',') + ')').join(',')}`, 'CSV');
      },
      rows: async (query) => run(query, 'JSONCompactEachRow').split('\n').filter((line) => line).map((line) => JSON.parse(line)),
    };
  },
};

const engine = await engines[process.argv[2]]();
for await (const line of createInterface({ input: process.stdin })) {
  const { columns, rows, queries, before } = JSON.parse(line);
  const names = columns.map(engine.quote);
  const results = [];
  try {
    await engine.create(names);
    if (rows.length > 0) {
      await engine.insert(names, rows);
    }

    for (const statement of before) {
      await engine.rows(statement);
    }

    for (const query of queries) {
      try {
        results.push({ rows: (await engine.rows(query)).map((row) => row.map((cell) => cell === null ? null : String(cell))) });
      } catch (error) {
        results.push({ error: String(error.message ?? error) });
      }
    }
  } catch (error) {
    results.push(...queries.map(() => ({ error: 'no table: ' + String(error.message ?? error) })));
  }

  process.stdout.write(JSON.stringify(results) + '\n');
}
