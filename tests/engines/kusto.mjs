// Reads queries of Kusto with Microsoft's own parser and binder. The first line of the input is a JSON object of tables: for each the
// types of its columns, or the name of a function and null. Each further line is a query as a JSON text; its line of the output is a
// JSON array of what the binder finds wrong. A text alone is bound as well: one that no column is compared with.
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { readFileSync } from 'node:fs';
import vm from 'node:vm';

const require = createRequire(import.meta.url);
const root = require.resolve('@kusto/language-service-next/package.json').replace('package.json', '');
for (const file of ['bridge.min.js', 'Kusto.Language.Bridge.min.js']) {
  vm.runInThisContext(readFileSync(root + file, 'utf8'), { filename: file });
}

const { Kusto, System } = globalThis;
const Symbols = Kusto.Language.Symbols;
const types = new Map([
  ['bool', 'Bool'], ['datetime', 'DateTime'], ['decimal', 'Decimal'], ['dynamic', 'Dynamic'], ['guid', 'Guid'], ['int', 'Int'], ['long', 'Long'],
  ['real', 'Real'], ['string', 'String'], ['timespan', 'TimeSpan'],
]);

function table(name, columns) {
  const symbols = Object.entries(columns).map(([column, type]) => {
    if (!types.has(type)) {
      throw new Error(`${name}.${column}: no type ${type}`);
    }

    return new Symbols.ColumnSymbol(column, Symbols.ScalarTypes[types.get(type)]);
  });
  return new Symbols.TableSymbol.$ctor4(name, symbols);
}

let globals = null;
for await (const line of createInterface({ input: process.stdin })) {
  const value = JSON.parse(line);
  if (globals === null) {
    const database = new Symbols.DatabaseSymbol.$ctor1('db', Object.entries(value).map(([name, columns]) => table(name, columns)));
    globals = Kusto.Language.GlobalState.Default.WithDatabase(database);
    continue;
  }

  const code = Kusto.Language.KustoCode.ParseAndAnalyze(value, globals);
  const found = [];
  const diagnostics = code.GetDiagnostics();
  for (let i = 0; i < diagnostics.Count; i++) {
    const one = diagnostics.getItem(i);
    if (one.Severity !== 'Suggestion') {
      found.push(`${one.Code} ${one.Message} at ${one.Start}`);
    }
  }

  process.stdout.write(JSON.stringify(found) + '\n');
}
