#!/usr/bin/env bash
# A CI job: converts a folder of rules for some targets, archives the queries, and fails when a rule does.
#
# usage: convert-rules.sh RULES OUTPUT
#
# OUTPUT gets
#   queries/<target>/   one file per rule, in the same tree as the rules in RULES
#   records.jsonl       one record for each rule and target
#   report.txt          one line per failure: target, file:line:column, code, message
#   queries.tar.gz      an archive of the queries
#
# Environment:
#   TARGETS    separated by blanks, default "splunk es-qs"
#   PIPELINE   a pipeline for all targets: a name, a file or a folder
#   STRICT     set to treat warnings as errors
#   MAY_FAIL   a file with one rule path per line; these rules may fail without failing the job
#   CONFIG     a configuration file; without it none is used, so that a .sigmac.yml beside the rules changes nothing
#   SIGMAC     the program, default sigmac
#
# Exit code: 0 all rules converted (or may fail), 1 some rules failed, 2 wrong usage or configuration.

set -euo pipefail

[ $# -eq 2 ] || { sed -n '2,/^$/s/^# \{0,1\}//p' "$0"; exit 2; }
rules=$1
output=$2
sigmac=${SIGMAC:-sigmac}
for tool in "$sigmac" jq tar; do
    command -v "$tool" > /dev/null || { echo "${0##*/}: $tool is needed and was not found" >&2; exit 2; }
done
[ -z "${MAY_FAIL:-}" ] || [ -r "$MAY_FAIL" ] || { echo "${0##*/}: $MAY_FAIL cannot be read" >&2; exit 2; }

options=(--no-config)
[ -z "${CONFIG:-}" ] || options=(--config "$CONFIG")
[ -z "${PIPELINE:-}" ] || options+=(-p "$PIPELINE")
[ -z "${STRICT:-}" ] || options+=(--strict)

mkdir -p "$output"
rm -rf "$output/queries"
: > "$output/records.jsonl"
read -ra targets <<< "${TARGETS:-splunk es-qs}"
for target in "${targets[@]}"; do
    code=0
    "$sigmac" convert --quiet -t "$target" "${options[@]}" -o "$output/queries/$target" --root "$rules" "$rules" 2> /dev/null || code=$?
    if [ "$code" -le 1 ]; then
        code=0
        "$sigmac" convert --quiet -t "$target" "${options[@]}" --json "$rules" >> "$output/records.jsonl" 2> /dev/null || code=$?
    fi
    if [ "$code" -gt 1 ]; then
        # Nothing was converted: show why.
        "$sigmac" convert -t "$target" "${options[@]}" "$rules" > /dev/null || exit 2
    fi
done

# One line each: control characters in rules and file names become blanks.
line='def line: gsub("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+"; " ");'

# The findings that made a rule fail. A finding without a position has only the file.
jq -r "$line"'select(.status == "failed") | . as $rule | .diagnostics[]
    | select(.severity == "error" or (.severity == "warning" and ($ENV.STRICT // "") != ""))
    | [$rule.target, $rule.path + (if .line then ":\(.line):\(.column)" else "" end), .code, .message] | map(line) | join("\t")' \
    "$output/records.jsonl" > "$output/report.txt"

tar -czf "$output/queries.tar.gz" -C "$output" queries

# Whole paths are compared, so a path with a line break is not split.
may_fail=${MAY_FAIL:-/dev/null}
failed=$(jq -rn --rawfile may "$may_fail" "$line"'($may | split("\n") | map(rtrimstr("\r"))) as $allowed
    | [inputs | select(.status == "failed") | .path] | unique - $allowed | .[] | "  " + line' "$output/records.jsonl")

converted=$(jq -n '[inputs | select(.status == "converted")] | length' "$output/records.jsonl")
echo "$converted conversions are in $output/queries"
if [ -n "$failed" ]; then
    echo "These rules failed; see $output/report.txt:"
    printf '%s\n' "$failed"
    exit 1
fi
