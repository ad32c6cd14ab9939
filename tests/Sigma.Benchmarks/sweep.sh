#!/usr/bin/env bash
# Times the format sweep on DuckDB and ClickHouse beside 'sigmac match' on the same events, and compares their hits: it fails where
# they differ. The events are samples of the rules, several times over.
#   tests/Sigma.Benchmarks/sweep.sh [-s SIGMAC] [-n TIMES] [FOLDER]
# Without -s the program is published first. FOLDER is our rule pack unless given; only its rules for Windows are used. ClickHouse needs
# Node, and 'npm install' in tests/engines.
set -euo pipefail
cd "$(dirname "$0")/../.."
sigmac='' times=1
while getopts s:n: option; do
    case $option in
        s) sigmac=$OPTARG ;;
        n) times=$OPTARG ;;
        *) exit 2 ;;
    esac
done
shift $((OPTIND - 1))
rules=${1:-rules}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
if [ -z "$sigmac" ]; then
    case $(uname -m) in aarch64 | arm64) machine=linux-arm64 ;; *) machine=linux-x64 ;; esac
    dotnet publish src/Sigma.Cli -c Release -r "$machine" -o "$scratch/sigmac" -v quiet -nologo >&2
    sigmac=$scratch/sigmac/sigmac
fi
dotnet build tests/Sigma.Benchmarks -c Release -v quiet -nologo >&2
part() { dotnet tests/Sigma.Benchmarks/bin/Release/net10.0/Sigma.Benchmarks.dll "$@"; }

pipelines=(-p sysmon -p windows-logsources --filter logsource=windows)
"$sigmac" sample -q --shape flat -n 4 "${pipelines[@]}" "$rules" >"$scratch/once.ndjson" 2>"$scratch/messages" || [ $? -eq 1 ]
for _ in $(seq "$times"); do cat "$scratch/once.ndjson"; done >"$scratch/events.ndjson"
part parquet "$scratch/events.ndjson" "$scratch/events.parquet"
echo "$(wc -l <"$scratch/events.ndjson") events"

started=$(date +%s%N)
"$sigmac" match -q -f ndjson -r "$rules" --product windows "${pipelines[@]}" "$scratch/events.ndjson" >"$scratch/matches.ndjson" 2>"$scratch/messages" || [ $? -eq 1 ]
awk -v ns=$(($(date +%s%N) - started)) 'BEGIN { printf "sigmac match: %.1f s\n", ns / 1e9 }'

# Rules that the target refuses have no part, and so have correlations.
compare() {
    "$sigmac" convert -q --json -t "$1" -f sweep "${pipelines[@]}" "$rules" >"$scratch/records.ndjson" 2>"$scratch/messages" || [ $? -eq 1 ]
    node -e '
        const { readFileSync } = require("fs");
        const lines = (name) => readFileSync(name, "utf8").split("\n").filter((line) => line).map((line) => JSON.parse(line));
        const written = new Set(lines(process.argv[1]).filter((record) => record.status === "converted").map((record) => record.id));
        const hits = new Set(lines(process.argv[2]).filter((match) => written.has(match.rule.id)).map((match) => match.rule.id + " " + match.line));
        console.log([...hits].sort().join("\n"));' "$scratch/records.ndjson" "$scratch/matches.ndjson" >"$scratch/expected"
    if diff <(LC_ALL=C sort "$scratch/expected") <(LC_ALL=C sort "$scratch/hits") >"$scratch/differences"; then
        echo "$1: the same hits"
    else
        echo "$1: hits differ" >&2
        head -20 "$scratch/differences" >&2
        exit 1
    fi
}
script() { "$sigmac" convert -q -t "$1" -f sweep -O event=line "${pipelines[@]}" --skip-unsupported "$rules" >"$scratch/$1.sql" 2>"$scratch/messages" || [ $? -eq 1 ]; }

script duckdb
part sweep "$scratch/duckdb.sql" "$scratch/events.parquet" "$scratch/hits"
compare duckdb
if [ -d tests/engines/node_modules/chdb ]; then
    script clickhouse
    (cd tests/engines && node sweep.mjs "$scratch/clickhouse.sql" "$scratch/events.parquet" "$scratch/hits")
    compare clickhouse
fi
