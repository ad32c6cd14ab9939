#!/usr/bin/env bash
# Compares how long builds of sigmac take to start: they run in turns, so that a busy machine slows all of them alike.
#   tests/Sigma.Benchmarks/start.sh [-n RUNS] SIGMAC…
# Prints for each, in milliseconds, the first quartile and the median of the time by the clock, and of the processor's.
set -euo pipefail
runs=60
while getopts n: option; do
    case $option in
        n) runs=$OPTARG ;;
        *) exit 2 ;;
    esac
done
shift $((OPTIND - 1))
[ $# -gt 0 ] || { echo "usage: ${0##*/} [-n RUNS] SIGMAC…" >&2; exit 2; }
rule=$(cd "$(dirname "$0")/../.." && pwd)/rules/windows/builtin/sysmon/sysmon_monitoring_interrupted.yml
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
TIMEFORMAT='%3R %3U %3S'

take() { # NAME COMMAND…: adds a line with the milliseconds of one run
    local name=$1
    shift
    { time "$@" >/dev/null 2>&1; } 2>&1 | awk '{ print $1 * 1000, ($2 + $3) * 1000 }' >>"$scratch/$name"
}

quartile() { sort -g | awk -v part="$1" '{ a[NR] = $1 } END { print a[int((NR - 1) * part) + 1] }'; }

for ((i = 0; i <= runs; i++)); do
    for ((j = 1; j <= $#; j++)); do
        take "$j.version" "${!j}" --version
        take "$j.rule" "${!j}" convert --no-config -t splunk "$rule"
    done
    # The first round only brings the files into memory.
    [ "$i" -gt 0 ] || rm "$scratch"/*
done

printf '%-40s %-12s %8s %8s %8s %8s\n' program command 'wall 25%' 'wall 50%' 'cpu 25%' 'cpu 50%'
for ((j = 1; j <= $#; j++)); do
    for command in version rule; do
        file=$scratch/$j.$command
        printf '%-40s %-12s %8s %8s %8s %8s\n' "${!j}" "$command" "$(cut -d' ' -f1 "$file" | quartile 0.25)" "$(cut -d' ' -f1 "$file" | quartile 0.5)" \
            "$(cut -d' ' -f2 "$file" | quartile 0.25)" "$(cut -d' ' -f2 "$file" | quartile 0.5)"
    done
done
