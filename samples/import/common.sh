# Shared by the import scripts: options, tools, conversion, requests. Not run by itself.

dry_run=false
level=
rules=()

usage() {
    sed -n '2,/^$/s/^# \{0,1\}//p' "$0"
}

fail() {
    echo "${0##*/}: $*" >&2
    exit 2
}

parse() {
    while [ $# -gt 0 ]; do
        case $1 in
            --dry-run) dry_run=true ;;
            --level) [ $# -gt 1 ] || fail "--level needs a level"; level=$2; shift ;;
            -h | --help) usage; exit 0 ;;
            -*) fail "there is no option $1; try --help" ;;
            *) rules+=("$1") ;;
        esac
        shift
    done
    [ ${#rules[@]} -gt 0 ] || fail "which rules? try --help"
}

# The program: $SIGMAC, or sigmac on the path, or the one built in this repository.
find_sigmac() {
    local built
    built=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)/src/Sigma.Cli/bin/Release/net10.0/sigmac
    if [ -n "${SIGMAC:-}" ]; then
        command -v "$SIGMAC" > /dev/null || fail "SIGMAC is $SIGMAC, and that is no program"
        sigmac=$SIGMAC
    elif command -v sigmac > /dev/null; then
        sigmac=sigmac
    elif [ -x "$built" ]; then
        sigmac=$built
    else
        fail "sigmac was not found; build it, or say where it is with SIGMAC"
    fi
}

need() {
    local tool
    for tool in "$@"; do
        command -v "$tool" > /dev/null || fail "$tool is needed and was not found"
    done
}

# What a rule says is data, for the shell as for the server. It is taken out of a record by jq alone: whole (-j), as a word
# of an address (@uri), or made fit for a terminal by the function below. No text of a rule is split, expanded or parsed.

# jq functions. shown: one line for a terminal, without control characters and marks of direction. ascii: JSON whose
# characters beyond ASCII are escapes, which says the same.
jq_functions='
    def shown: .[0:500] | gsub("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+"; " ");
    def hex4: . as $n | [4096, 256, 16, 1] | map(. as $d | ($n / $d | floor) % 16 | "0123456789abcdef"[.:. + 1]) | add;
    def ascii: explode | map(
        if . == 10 or (. >= 32 and . < 127) then [.] | implode
        elif . < 65536 then "\\u" + hex4
        else (. - 65536) as $v | "\\u" + (55296 + ($v / 1024 | floor) | hex4) + "\\u" + (56320 + $v % 1024 | hex4)
        end) | join("");
    def named: .title // .path;
'

# Writes the converted rules to $work/queries, one compact JSON object per line and query: the rule's path, id, title, level
# and tags, the query, and its number, from 1. A rule that fails is reported on standard error and counted at the end.
# Settings come from the file in $SIGMAC_CONFIG; one that lies beside the rules is not used, since it may be anybody's.
convert() {
    local filter=() config=(--no-config)
    [ -z "$level" ] || filter=(--filter "level>=$level")
    [ -z "${SIGMAC_CONFIG:-}" ] || config=(--config "$SIGMAC_CONFIG")
    local code=0
    "$sigmac" convert --json "${config[@]}" "${filter[@]}" "$@" "${rules[@]}" > "$work/records" || code=$?
    [ "$code" -lt 2 ] || exit "$code"
    refused=$(jq -cn '[inputs | select(.status == "failed")] | length' "$work/records")
    jq -c 'select(.status == "converted") | . as $rule | range(.queries | length)
        | {path: $rule.path, id: $rule.id, title: $rule.title, level: $rule.level, tags: $rule.tags, number: (. + 1), query: $rule.queries[.]}' \
        "$work/records" > "$work/queries"
}

# field RECORD FILTER: one field of a record, fit for a message.
field() {
    jq -r "$jq_functions $2 | shown" <<< "$1"
}

# request METHOD URL, with the body in $work/body. Prints the request in a dry run; else sends it, and leaves the status in
# $status. Credentials come from $work/curlrc, never from the arguments. Without an answer, or where the credentials are
# refused, the next request fares no better: the run ends.
request() {
    local method=$1 url=$2
    if $dry_run; then
        printf '%s %s\n' "$method" "$url"
        jq -Rsj "$jq_functions ascii" < "$work/body"
        printf '\n'
        status=200
        return
    fi
    local code=0
    status=$(curl --silent --show-error --globoff --config "$work/curlrc" --request "$method" --output "$work/answer" \
        --write-out '%{http_code}' --data-binary "@$work/body" --url "$url" 2> "$work/error") || code=$?
    if [ "$code" -ne 0 ]; then
        fail "no answer from $url: $(jq -Rsj "$jq_functions shown" < "$work/error"); $sent imported before"
    elif [ "$status" = 401 ]; then
        fail "the server refuses the credentials (401); $sent imported before"
    fi
}

# A value inside the double quotes of a curl configuration file, where a line break would begin an option.
quoted() {
    case $1 in *$'\n'* | *$'\r'*) fail "a credential has a line break" ;; esac
    printf '%s' "$1" | sed 's/[\\"]/\\&/g'
}

# The names of this run so far, each with the rule that has it.
declare -A taken=()

# Counts what became of a query. done_with TITLE
sent=0
rejected=0
done_with() {
    case $status in
        2*) sent=$((sent + 1)); $dry_run || printf 'imported: %s\n' "$1" ;;
        *) reject "rejected ($status): $1: $(jq -Rsj "$jq_functions shown" < "$work/answer")" ;;
    esac
}

reject() {
    rejected=$((rejected + 1))
    printf '%s\n' "$1" >&2
}

finish() {
    echo "${0##*/}: $sent $($dry_run && echo 'would be imported' || echo imported), $rejected rejected, $refused not converted" >&2
    [ "$rejected" -eq 0 ] && [ "$refused" -eq 0 ]
}

umask 077
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
