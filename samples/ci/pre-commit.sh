#!/usr/bin/env bash
# What the hooks in .pre-commit-hooks.yaml run.
#
# usage: pre-commit.sh check|convert|test [OPTION…] FILE…
#
# check     checks the files that are rules, and fails if there is an error
# convert   converts the files that are rules, and fails if one is broken; the queries are thrown away
# test      runs the cases of the files that are rules, and of the rules of the files that are cases
#
# Environment:
#   SIGMAC    the program, default sigmac
#
# Exit code: 0 all is well, or none of the files is a rule or a case, 1 a rule or a case failed, 2 wrong usage or configuration.

set -euo pipefail

case ${1:-} in
    check | convert | test) command=$1 ;;
    *) sed -n '2,/^$/s/^# \{0,1\}//p' "$0"; exit 2 ;;
esac
shift
sigmac=${SIGMAC:-sigmac}
command -v "$sigmac" > /dev/null || { echo "${0##*/}: $sigmac is needed and was not found" >&2; exit 2; }

words=()
for word; do
    # A file whose name looks like an option is a file.
    case $word in -*) [ ! -e "./$word" ] || word=./$word ;; esac
    if [ "$command" = test ]; then
        for end in yml yaml; do
            case $word in *.tests."$end") [ ! -e "${word%.tests."$end"}.$end" ] || word=${word%.tests."$end"}.$end ;; esac
        done
    fi
    words+=("$word")
done

messages=$(mktemp)
trap 'rm -f "$messages"' EXIT
code=0
if [ "$command" = convert ]; then
    "$sigmac" convert --quiet --skip-unsupported ${words[@]+"${words[@]}"} > /dev/null 2> "$messages" || code=$?
elif [ "$command" = check ]; then
    "$sigmac" check --quiet ${words[@]+"${words[@]}"} > "$messages" 2>&1 || code=$?
else
    "$sigmac" test --quiet ${words[@]+"${words[@]}"} 2> "$messages" || code=$?
fi
# Nothing to convert; no rule; no case.
if [ "$code" -ne 0 ] && grep -qE '^sigmac: error (SIG0702|SIG0731|SIG0817): ' "$messages"; then
    exit 0
fi
cat "$messages" >&2
exit "$code"
