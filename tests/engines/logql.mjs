// Reads queries with Grafana's own grammar of LogQL. Each line of the input is a JSON array of queries; each line of the output has, for
// each of them, null or the places at which the grammar has no rule for it.
import { createInterface } from 'node:readline';
import { parser } from '@grafana/lezer-logql';

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(JSON.stringify(JSON.parse(line).map((query) => {
    const errors = [];
    parser.parse(query).iterate({ enter: (node) => { if (node.type.isError) errors.push(node.from); } });
    return errors.length === 0 ? null : `no LogQL at ${errors.join(', ')}`;
  })) + '\n');
}
