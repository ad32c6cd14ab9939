#!/usr/bin/env bash
# Measures `match`: how long rules take to load, and how many events a second it reads and judges. It makes the events itself: Windows
# events with random values, and, for every tenth, one that a rule matches. It judges nothing.
#   tests/Sigma.Benchmarks/match.sh [-n RUNS] [-e EVENTS] [-s SIGMAC] [FOLDER]
# Without -s the program is published first. FOLDER is our rule pack unless given. EVENTS is 1000000 unless given.
set -euo pipefail
cd "$(dirname "$0")/../.."
runs=3 events=1000000 sigmac=''
while getopts n:e:s: option; do
    case $option in
        n) runs=$OPTARG ;;
        e) events=$OPTARG ;;
        s) sigmac=$OPTARG ;;
        *) exit 2 ;;
    esac
done
shift $((OPTIND - 1))
rules=${1:-rules}
[ -x /usr/bin/time ] || { echo 'match.sh needs GNU time (/usr/bin/time)' >&2; exit 2; }
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
if [ -z "$sigmac" ]; then
    case $(uname -m) in aarch64 | arm64) machine=linux-arm64 ;; *) machine=linux-x64 ;; esac
    dotnet publish src/Sigma.Cli -c Release -r $machine -o "$scratch/sigmac" -v quiet -nologo >&2
    sigmac=$scratch/sigmac/sigmac
fi

dotnet build tests/Sigma.Benchmarks -c Release -v quiet -nologo >&2
write() { dotnet tests/Sigma.Benchmarks/bin/Release/net10.0/Sigma.Benchmarks.dll events "$@"; }
write $((events - events / 10)) "$scratch/windows.ndjson"
"$sigmac" sample --only matches -q "$rules" >"$scratch/samples.ndjson" || [ $? -le 1 ]
{
    # As many of the samples as are wanted, over and over.
    (while cat "$scratch/samples.ndjson"; do :; done) 2>/dev/null | head -n $((events / 10)) || true
    cat "$scratch/windows.ndjson"
} >"$scratch/events.ndjson"
rm "$scratch/windows.ndjson"
head -n 1 samples/events/workstation.ndjson >"$scratch/one.ndjson"

# A chunk of an event log stands for itself, so the chunks of a small log make a large one.
write 50000 "$scratch/small.evtx"
cp "$scratch/small.evtx" "$scratch/large.evtx"
for _ in 1 2 3; do tail -c +4097 "$scratch/small.evtx" >>"$scratch/large.evtx"; done
cat >"$scratch/nothing.yml" <<'YAML'
title: A rule for no event
logsource:
    product: windows
    service: none
detection:
    selection:
        NoField: none
    condition: selection
YAML

# Runs a command several times; sets wall, processor (s) and memory (MB) to the least of each.
measure() {
    local code
    rm -f "$scratch/times"
    for _ in $(seq "$runs"); do
        code=0
        /usr/bin/time -a -o "$scratch/times" -f 'T %e %U %S %M' "$@" >/dev/null 2>"$scratch/messages" || code=$?
        [ $code -le 1 ] || { cat "$scratch/messages" >&2; exit 1; }
    done
    read -r wall processor memory < <(awk '$1 == "T" { w = $2; p = $3 + $4; m = $5 / 1024
        if (!n++ || w < W) W = w; if (n == 1 || p < P) P = p; if (n == 1 || m < M) M = m }
        END { printf "%.2f %.2f %.0f\n", W, P, M }' "$scratch/times")
}

row() { printf '| %-36s | %8s | %8s | %6s | %s\n' "$1" "$2" "$3" "$4" "$5"; }
rate() { awk -v n="$1" -v s="$2" 'BEGIN { printf "%d events a second", n / s }'; }

echo "$(find "$rules" -name '*.yml' | wc -l) rule files of $rules; $events events; $(nproc) processors; the least of $runs runs each"
echo
row work 'wall s' 'cpu s' MB measured
row '---' '---' '---' '---' '---'
measure "$sigmac" match -r "$rules" "$scratch/one.ndjson"
row 'all rules, one event' "$wall" "$processor" "$memory" ''
measure "$sigmac" match -j 1 -r "$rules" "$scratch/events.ndjson"
one=$wall
row "all rules, $events events, -j 1" "$wall" "$processor" "$memory" "$(rate "$events" "$wall")"
measure "$sigmac" match -j 2 -r "$rules" "$scratch/events.ndjson"
row "all rules, $events events, -j 2" "$wall" "$processor" "$memory" "$(rate "$events" "$wall"), $(awk -v a="$one" -v b="$wall" 'BEGIN { printf "%.2f", a / b }') x"
measure "$sigmac" match -j 1 -r "$scratch/nothing.yml" "$scratch/large.evtx"
row '200000 records of an .evtx, -j 1' "$wall" "$processor" "$memory" "$(rate 200000 "$processor") of processor time"
