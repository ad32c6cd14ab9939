#!/usr/bin/env bash
# A CI job: runs the cases of a folder of rules, and fails when one fails.
#
# usage: test-rules.sh RULES OUTPUT
#
# OUTPUT gets
#   results.xml     the results as JUnit XML, for the CI system to show
#   results.jsonl   a record for each case
#
# Environment:
#   DATA            a folder with further cases, such as the regression data of the public rule repository
#   REQUIRE_TESTS   set to fail rules that have no case
#   PIPELINE        a pipeline that maps the fields of the rules to those of the events: a name, a file or a folder
#   SIGMAC          the program, default sigmac
#
# Exit code: 0 all cases passed, 1 some cases failed, 2 wrong usage, or no case was found.

set -euo pipefail

[ $# -eq 2 ] || { sed -n '2,/^$/s/^# \{0,1\}//p' "$0"; exit 2; }
rules=$1
output=$2
sigmac=${SIGMAC:-sigmac}
command -v "$sigmac" > /dev/null || { echo "${0##*/}: $sigmac is needed and was not found" >&2; exit 2; }

options=()
[ -z "${DATA:-}" ] || options+=(--data "$DATA")
[ -z "${REQUIRE_TESTS:-}" ] || options+=(--require-tests)
[ -z "${PIPELINE:-}" ] || options+=(-p "$PIPELINE")

mkdir -p "$output"
code=0
"$sigmac" test --quiet --json "${options[@]}" "$rules" > "$output/results.jsonl" || code=$?
[ "$code" -le 1 ] || exit "$code"

# Runs the cases again with output for people and the same exit code.
"$sigmac" test --junit "$output/results.xml" "${options[@]}" "$rules"
