#!/usr/bin/env bash
# Times the whole native binary over a folder of rules against the floor program, and prints a table of the figures with
# their ratios. It judges nothing: it fails only where something cannot be run.
#   tests/Sigma.Benchmarks/run.sh [-n RUNS] [-s SIGMAC] [-f FLOOR] [FOLDER]
# Without -s and -f both programs are published first. FOLDER is our rule pack unless given.
set -euo pipefail
cd "$(dirname "$0")/../.."
runs=5 sigmac='' floor=''
while getopts n:s:f: option; do
    case $option in
        n) runs=$OPTARG ;;
        s) sigmac=$OPTARG ;;
        f) floor=$OPTARG ;;
        *) exit 2 ;;
    esac
done
shift $((OPTIND - 1))
rules=${1:-rules}
[ -x /usr/bin/time ] || { echo 'run.sh needs GNU time (/usr/bin/time)' >&2; exit 2; }
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

case $(uname -m) in
    aarch64 | arm64) machine=linux-arm64 ;;
    *) machine=linux-x64 ;;
esac
if [ -z "$sigmac" ]; then
    dotnet publish src/Sigma.Cli -c Release -r $machine -o "$scratch/sigmac" -v quiet -nologo >&2
    sigmac=$scratch/sigmac/sigmac
fi
if [ -z "$floor" ]; then
    dotnet publish tests/Sigma.Floor -c Release -r $machine -o "$scratch/floor" -v quiet -nologo >&2
    floor=$scratch/floor/Sigma.Floor
fi

# Runs a command several times; sets wall, processor (s) and memory (MB) to the least of each. The program's exit code 1
# says that some rule cannot be said in a target, which is no fault here; anything above is one.
measure() {
    local code
    rm -f "$scratch/times"
    for _ in $(seq "$runs"); do
        code=0
        /usr/bin/time -a -o "$scratch/times" -f 'T %e %U %S %M' "$@" >"$scratch/output" 2>"$scratch/messages" || code=$?
        if [ $code -gt 1 ]; then
            cat "$scratch/messages" >&2
            echo "run.sh: '$*' ended with code $code" >&2
            exit 1
        fi
    done
    read -r wall processor memory < <(awk '$1 == "T" { w = $2; p = $3 + $4; m = $5 / 1024
        if (!n++ || w < W) W = w; if (n == 1 || p < P) P = p; if (n == 1 || m < M) M = m }
        END { printf "%.3f %.3f %.1f\n", W, P, M }' "$scratch/times")
}

# GNU time knows hundredths of a second only, so a short command is run many times in a row.
many=50
repeat() { local i; for ((i = 0; i < many; i++)); do "$@" >/dev/null 2>&1 || [ $? -le 1 ]; done; }

row() { printf '| %-34s | %8s | %8s | %8s | %-22s | %s\n' "$1" "$2" "$3" "$4" "$5" "$6"; }
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { if (b > 0) printf "%.2f", a / b; else printf "-" }'; }

all=$("$sigmac" list targets | awk 'NR > 1 { print $1 }' | sort -u | paste -sd,)
count=$(find "$rules" -name '*.yml' | wc -l)
one=$(find "$rules" -name '*.yml' | sort | sed -n 1p)
echo "$count rule files of $rules; $(nproc) processors; the least of $runs runs each; targets: $all"
echo
row 'work' 'wall s' 'cpu s' 'MB' 'measured' 'aim'
row '---' '---' '---' '---' '---' '---'

start=$(date +%s%N)
repeat "$sigmac" convert -t splunk "$one"
each=$(awk -v ns=$(($(date +%s%N) - start)) -v n=$many 'BEGIN { printf "%.4f", ns / n / 1e9 }')
measure "$sigmac" convert -t splunk "$one"
row 'one rule, one target' "$each" "$processor" "$memory" "$(awk -v s="$each" 'BEGIN { printf "%.1f ms", s * 1000 }')" 'under 12 ms, 25 MB'

measure "$floor" "$rules"
floor_wall=$wall floor_cpu=$processor
row 'floor: YAML events only' "$wall" "$processor" "$memory" '1.00' ''

measure "$sigmac" convert -t splunk --json "$rules"
splunk_wall=$wall splunk_memory=$memory
row 'all rules -> splunk, --json' "$wall" "$processor" "$memory" "$(ratio "$wall" "$floor_wall") wall, $(ratio "$processor" "$floor_cpu") cpu" '1.5 x floor, 120 MB'

measure "$sigmac" convert -t "$all" --json "$rules"
row 'all rules -> all targets, --json' "$wall" "$processor" "$memory" "$(ratio "$wall" "$floor_wall") wall, $(ratio "$processor" "$floor_cpu") cpu" '3 x floor'

for i in 0 1 2 3 4 5 6 7 8 9; do cp -r "$rules" "$scratch/copies.$i"; done
mkdir "$scratch/copies"
mv "$scratch"/copies.? "$scratch/copies"
measure "$sigmac" convert -t splunk --json "$scratch/copies"
row '10 x the files -> splunk' "$wall" "$processor" "$memory" "$(ratio "$wall" "$splunk_wall") x time, $(ratio "$memory" "$splunk_memory") x MB" '10.5 x time, 2 x MB'

# One rule with a long list, at three lengths, for the growth to be seen.
for length in 25000 50000 100000; do
    {
        printf 'title: Long list\nlogsource:\n    category: dns_query\ndetection:\n    selection:\n        QueryName|endswith:\n'
        seq -f "            - '.host%.0f.example.com'" "$length"
        printf '    condition: selection\n'
    } >"$scratch/list.yml"
    measure "$sigmac" convert -t splunk --json "$scratch/list.yml"
    row "one rule with $length values" "$wall" "$processor" "$memory" '' "$([ $length -eq 100000 ] && echo 'linear, under 1 s' || true)"
done

measure "$sigmac" doc -t splunk -o "$scratch/pages" "$rules"
row 'doc of all rules, splunk' "$wall" "$processor" "$memory" "$(ratio "$wall" "$splunk_wall") x convert" '2 x convert'

# The checks are compared with a conversion, by processor time.
measure "$sigmac" convert -t splunk "$rules"
convert_cpu=$processor
measure "$sigmac" check --fail-on never --select default,-meaning "$rules"
row 'check, all but meaning' "$wall" "$processor" "$memory" "$(ratio "$processor" "$convert_cpu") x convert, cpu" '1.6 x convert'
measure "$sigmac" check --fail-on never --select meaning "$rules"
row 'check, meaning' "$wall" "$processor" "$memory" "$processor s cpu" 'under 10 s'
measure "$sigmac" check --fail-on never --across "$rules"
row 'check --across' "$wall" "$processor" "$memory" "$processor s cpu" 'under 60 s'
