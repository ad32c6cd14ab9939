// Runs a script of the format sweep on ClickHouse over a Parquet file, for sweep.sh of the benchmarks: writes the hits, 'rule line' each,
// sorted, and prints the time.
//   node sweep.mjs SCRIPT.sql EVENTS.parquet HITS
import { readFileSync, writeFileSync } from 'node:fs';
import chdb from 'chdb';

const [script, parquet, hits] = process.argv.slice(2);
const session = new chdb.Session();
const run = (query) => String(session.query(query, 'JSONCompactEachRow'));
const file = "'" + parquet.replaceAll('\\', '\\\\').replaceAll("'", "\\'") + "'";
run('CREATE DATABASE sigma');
run('USE sigma');
run(`CREATE TABLE events ENGINE = MergeTree ORDER BY tuple() AS SELECT * FROM file(${file}, Parquet)`);

const statements = readFileSync(script, 'utf8').split(';\n').filter((statement) => statement.trim());
const columns = new Set(run('SELECT name FROM system.columns WHERE database = \'sigma\'').split('\n').filter((line) => line).map((line) => JSON.parse(line)[0]));
// A column that the events do not have is added, as the page on sweeps says; one that they have in another letter case gets a second name,
// since other engines and rules disregard the case.
const written = new Map([...columns].map((name) => [name.toLowerCase(), name]));
for (const name of statements.flatMap((statement) => [...statement.matchAll(/`((?:[^`\\]|\\.)+)`/g)].map((match) => match[1]))) {
  if (!columns.has(name)) {
    columns.add(name);
    run(`ALTER TABLE events ADD COLUMN IF NOT EXISTS \`${name}\` Nullable(String)` + (written.has(name.toLowerCase()) ? ` ALIAS \`${written.get(name.toLowerCase())}\`` : ''));
  }
}

const found = new Set();
const started = process.hrtime.bigint();
for (const statement of statements) {
  for (const line of run(statement).split('\n')) {
    if (line) {
      const row = JSON.parse(line);
      found.add(`${row[0]} ${row[4]}`);
    }
  }
}

console.log(`ClickHouse: ${(Number(process.hrtime.bigint() - started) / 1e9).toFixed(1)} s, ${found.size} hits`);
writeFileSync(hits, [...found].sort().map((hit) => hit + '\n').join(''));
