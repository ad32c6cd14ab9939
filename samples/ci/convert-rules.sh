#!/usr/bin/env bash
# A CI job: converts a folder of rules for some targets, archives the queries, and fails if a rule is broken.
#
# usage: convert-rules.sh RULES OUTPUT
#
# Messages go to standard error as "file:line:column: error SIGnnnn: message". OUTPUT gets
#   queries/<target>/   one file per rule, in the same tree as the rules in RULES
#   records.jsonl       one record per rule and target
#   report.txt          one line per finding that fails the job: target, file:line:column, code, message
#   unsupported.txt     the same for rules that a target cannot express
#   queries.tar.gz      an archive of the queries
#
# Environment; a variable that turns something on is on unless it is empty, 0, no or false:
#   TARGETS             separated by blanks, line breaks or commas, default "splunk es-qs"
#   PIPELINE            a pipeline for all targets: a name, a file or a folder
#   SINCE               convert only rules that changed since this Git reference
#   STRICT              treat warnings as errors
#   FAIL_UNSUPPORTED    fail also for rules that a target cannot express
#   MAY_FAIL            a file with one rule path per line; these rules may fail without failing the job
#   CONFIG              a configuration file; without it none is used, so that a .sigmac.yml beside the rules changes nothing
#   SIGMAC              the program, default sigmac
#
# Exit code: 0 no rule failed, 1 some rules failed, or files could not be written, 2 wrong usage or configuration.

set -euo pipefail
# shellcheck source=samples/ci/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

[ $# -eq 2 ] || { sed -n '2,/^$/s/^# \{0,1\}//p' "$0"; exit 2; }
rules=$1
output=$2
case $output in -*) output=./$output ;; esac
sigmac=${SIGMAC:-sigmac}
for tool in "$sigmac" jq tar; do
    command -v "$tool" > /dev/null || { echo "${0##*/}: $tool is needed and was not found" >&2; exit 2; }
done

scratch=$(mktemp -d)
messages=$scratch/messages
end() { rm -rf "$scratch"; resume_commands; }
trap end EXIT
stop_commands

# A copy, since it is read twice and may be a pipe.
cat < "${MAY_FAIL:-/dev/null}" > "$scratch/may-fail" || { echo "${0##*/}: $MAY_FAIL cannot be read" >&2; exit 2; }

# All lines, such as those of a block of text in a workflow; read ends with 1 where the text does.
read -rd '' -a targets <<< "${TARGETS:-splunk es-qs}" || true
options=(-t "$(IFS=,; echo "${targets[*]}")" --skip-unsupported --color never)
if [ -n "${CONFIG:-}" ]; then options+=(--config "$CONFIG"); else options+=(--no-config); fi
[ -z "${PIPELINE:-}" ] || options+=(-p "$PIPELINE")
[ -z "${SINCE:-}" ] || options+=(--since "$SINCE")
if on STRICT; then options+=(--strict); else options+=(--quiet); fi

mkdir -p "$output"
rm -rf "$output/queries"
mkdir "$output/queries"
code=0
"$sigmac" convert "${options[@]}" -o "$output/queries" --root "$rules" \
    --output-template '{{ target }}/{{ directory }}{{ name }}{{ if index > 0 }}-{{ index }}{{ end }}.{{ target }}{{ extension }}' \
    -- "$rules" 2> "$messages" > /dev/null || code=$?
# What is wrong with a rule that may fail is shown in words that no CI system takes for an error.
MAY_FAIL=$scratch/may-fail LC_ALL=C awk '
    BEGIN {
        while ((getline path < ENVIRON["MAY_FAIL"]) > 0) { sub(/\r$/, "", path); if (path != "") allowed[path] }
    }
    {
        if (/: (error|warning) SIG[0-9]/)
            for (path in allowed) {
                rest = substr($0, length(path) + 1)
                if (index($0, path ":") == 1 && rest ~ /^(:[0-9]+:[0-9]+)?: (error|warning) SIG[0-9]/) {
                    sub(/: (error|warning) /, ": may fail: ", rest)
                    $0 = path rest
                    break
                }
            }
        print
    }' "$messages" >&2
[ "$code" -le 1 ] || exit 2

# The same run again for the records. Its messages are those that were shown, unless it ends otherwise.
again=0
"$sigmac" convert "${options[@]}" --json -- "$rules" > "$output/records.jsonl" 2> "$messages" || again=$?
[ "$again" -le 1 ] || { cat "$messages" >&2; exit 2; }

# One line each: control characters in rules and file names become blanks.
line='def line: gsub("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+"; " ");'
strict=false
! on STRICT || strict=true
broken='.reason != "unsupported"'
! on FAIL_UNSUPPORTED || broken=true

# The findings that made a rule fail. A finding without a position has only the file.
report() {
    jq -r --argjson strict "$strict" "$line"'select(.status == "failed" and ('"$1"')) | . as $rule | .diagnostics[]
        | select(.severity == "error" or ($strict and .severity == "warning"))
        | [$rule.target, $rule.path + (if .line then ":\(.line):\(.column)" else "" end), .code, .message] | map(line) | join("\t")' \
        "$output/records.jsonl"
}
report "$broken" > "$output/report.txt"
report '.reason == "unsupported"' > "$output/unsupported.txt"
tar -czf - -C "$output" queries > "$output/queries.tar.gz"

# Whole paths are compared, so a path with a line break is not split.
failed=$(jq -rn --rawfile may "$scratch/may-fail" "$line"'($may | split("\n") | map(rtrimstr("\r"))) as $allowed
    | [inputs | select(.status == "failed" and ('"$broken"')) | .path] | unique - $allowed | .[] | "  " + line' "$output/records.jsonl")

count() { jq -n "[inputs | select($1)] | length" "$output/records.jsonl"; }
echo "$(count '.status == "converted"') queries are in $output/queries"
unsupported=$(count '.reason == "unsupported"')
[ "$unsupported" -eq 0 ] || echo "$unsupported more are not possible, because the target cannot express the rule; see $output/unsupported.txt"
if [ -n "$failed" ]; then
    echo "These rules failed; see $output/report.txt:"
    printf '%s\n' "$failed"
    exit 1
fi
if [ "$code" -ne "$again" ]; then
    echo 'Some queries could not be written.'
    exit 1
fi
