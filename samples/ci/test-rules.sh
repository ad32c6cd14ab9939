#!/usr/bin/env bash
# A CI job: runs the cases of a folder of rules, and fails if one fails.
#
# usage: test-rules.sh RULES OUTPUT
#
# OUTPUT gets
#   results.xml     the results as JUnit XML, for the CI system to show
#   results.jsonl   one record per case
#
# Environment:
#   DATA            a folder with further cases, such as the regression data of the public rule repository
#   REQUIRE_TESTS   fail rules that have no case; on unless it is empty, 0, no or false
#   PIPELINE        a pipeline that maps the fields of the rules to those of the events: a name, a file or a folder
#   SIGMAC          the program, default sigmac
#
# Exit code: 0 all cases passed, or there is none, 1 some cases failed, 2 wrong usage, or there is no case though REQUIRE_TESTS is on.

set -euo pipefail
# shellcheck source=samples/ci/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

[ $# -eq 2 ] || { sed -n '2,/^$/s/^# \{0,1\}//p' "$0"; exit 2; }
rules=$1
output=$2
case $output in -*) output=./$output ;; esac
sigmac=${SIGMAC:-sigmac}
command -v "$sigmac" > /dev/null || { echo "${0##*/}: $sigmac is needed and was not found" >&2; exit 2; }

messages=$(mktemp)
end() { rm -f "$messages"; resume_commands; }
trap end EXIT
stop_commands

options=(--color never)
[ -z "${DATA:-}" ] || options+=(--data "$DATA")
! on REQUIRE_TESTS || options+=(--require-tests)
[ -z "${PIPELINE:-}" ] || options+=(-p "$PIPELINE")

mkdir -p "$output"
code=0
"$sigmac" test --quiet --json --junit "$output/results.xml" "${options[@]}" -- "$rules" > "$output/results.jsonl" 2> "$messages" || code=$?
if [ "$code" -eq 2 ] && ! on REQUIRE_TESTS && grep -q '^sigmac: error SIG0817: ' "$messages"; then
    echo "No rule has a case yet. 'sigmac sample -o' makes the first ones."
    echo '<?xml version="1.0" encoding="utf-8"?><testsuites name="sigmac test" tests="0" failures="0" errors="0" skipped="0" time="0"/>' > "$output/results.xml"
    exit 0
fi
[ "$code" -le 1 ] || { cat "$messages" >&2; exit "$code"; }

# Runs the cases again with output for people and the same exit code.
"$sigmac" test "${options[@]}" -- "$rules"
