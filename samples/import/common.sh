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

# Writes the records of the converted rules to standard output, one a line. A rule that fails is said on standard
# error and counted at the end; the others go on.
convert() {
    local filter=()
    [ -z "$level" ] || filter=(--filter "level>=$level")
    local code=0
    "$sigmac" convert --json "${filter[@]}" "$@" "${rules[@]}" > "$work/records" || code=$?
    [ "$code" -lt 2 ] || exit "$code"
    refused=$(jq -rs 'map(select(.status == "failed")) | length' "$work/records")
    jq -c 'select(.status == "converted")' "$work/records" > "$work/converted"
}

# request METHOD URL, with the body on standard input and further curl arguments behind. Prints the request in a dry
# run; else sends it, and leaves the status in $status. Credentials come from $work/curlrc, never from the arguments.
request() {
    local method=$1 url=$2
    shift 2
    if $dry_run; then
        printf '%s %s\n' "$method" "$url"
        cat
        printf '\n'
        status=200
        return
    fi
    status=$(curl --silent --show-error --config "$work/curlrc" --request "$method" --output "$work/answer" \
        --write-out '%{http_code}' "$@" --data-binary @- "$url") || status=000
}

# A value inside the double quotes of a curl configuration file.
quoted() {
    printf '%s' "$1" | sed 's/[\\"]/\\&/g'
}

# Counts what became of a rule. done_with TITLE
sent=0
rejected=0
done_with() {
    case $status in
        2*) sent=$((sent + 1)); $dry_run || echo "imported: $1" ;;
        *) rejected=$((rejected + 1)); echo "rejected ($status): $1: $(head -c 500 "$work/answer" 2> /dev/null)" >&2 ;;
    esac
}

finish() {
    echo "${0##*/}: $sent $($dry_run && echo 'would be imported' || echo imported), $rejected rejected, $refused not converted" >&2
    [ "$rejected" -eq 0 ] && [ "$refused" -eq 0 ]
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
