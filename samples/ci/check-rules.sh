#!/usr/bin/env bash
# A CI job: checks a folder of rules, shows what it finds, and writes reports for code scanning and merge requests.
#
# usage: check-rules.sh RULES OUTPUT
#
# OUTPUT gets
#   findings.sarif          for code scanning
#   gl-code-quality.json    for merge requests of GitLab
#
# Environment:
#   FAIL_ON         the least weight that fails the job: error, warning, info or never; default error
#   SINCE           check only the rules that changed since this Git reference
#   CHECK_CONFIG    a .sigmac.yml with the choice of checks; default none
#   SIGMAC          the program, default sigmac
#
# Exit code: 0 nothing of that weight, 1 something, 2 wrong usage.

set -euo pipefail

[ $# -eq 2 ] || { sed -n '2,/^$/s/^# \{0,1\}//p' "$0"; exit 2; }
rules=$1
output=$2
case $output in -*) output=./$output ;; esac
sigmac=${SIGMAC:-sigmac}
command -v "$sigmac" > /dev/null || { echo "${0##*/}: $sigmac is needed and was not found" >&2; exit 2; }

options=(--color never --fail-on "${FAIL_ON:-error}")
[ -z "${SINCE:-}" ] || options+=(--since "$SINCE")
if [ -n "${CHECK_CONFIG:-}" ]; then options+=(--config "$CHECK_CONFIG"); else options+=(--no-config); fi

mkdir -p "$output"
for report in sarif:findings.sarif gitlab:gl-code-quality.json; do
    code=0
    "$sigmac" check --quiet --format "${report%%:*}" "${options[@]}" -- "$rules" > "$output/${report#*:}" || code=$?
    [ "$code" -le 1 ] || exit "$code"
done

# The commands of GitHub show the findings at their lines; sigmac writes no text of a rule as a command.
form=text
[ "${GITHUB_ACTIONS:-}" != true ] || form=github
"$sigmac" check --format "$form" "${options[@]}" -- "$rules"
