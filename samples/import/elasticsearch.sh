#!/usr/bin/env bash
# Converts rules to watches and puts them into Elasticsearch (PUT _watcher/watch/<id>).
#
# usage: elasticsearch.sh [--dry-run] [--level LEVEL] RULES...
#
#   --dry-run      print the requests and send nothing
#   --level LEVEL  only rules of this level and above
#
# A watch has the rule's id as its own, so a second run replaces what the first has put.
#
# Environment:
#   ELASTIC_URL       default http://localhost:9200
#   ELASTIC_API_KEY   an API key, or
#   ELASTIC_USER, ELASTIC_PASSWORD
#   ELASTIC_INACTIVE  set to put the watches without starting them
#   WATCH_MAIL, WATCH_INDEX, WATCH_INTERVAL, WATCH_TIMESTAMP  options of the target xpack-watcher
#   SIGMAC            the program
#
# Exit code: 0 all imported, 1 some rule was refused or rejected, 2 wrong use.

set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

parse "$@"
need jq curl
find_sigmac

url=${ELASTIC_URL:-http://localhost:9200}
{
    echo 'header = "Content-Type: application/json"'
    if [ -n "${ELASTIC_API_KEY:-}" ]; then
        echo "header = \"Authorization: ApiKey $(quoted "$ELASTIC_API_KEY")\""
    elif [ -n "${ELASTIC_USER:-}" ]; then
        echo "user = \"$(quoted "$ELASTIC_USER:${ELASTIC_PASSWORD:-}")\""
    fi
} > "$work/curlrc"

options=(-O "timestamp_field=${WATCH_TIMESTAMP:-@timestamp}")
[ -z "${WATCH_MAIL:-}" ] || options+=(-O "mail=$WATCH_MAIL")
[ -z "${WATCH_INDEX:-}" ] || options+=(-O "index=$WATCH_INDEX")
[ -z "${WATCH_INTERVAL:-}" ] || options+=(-O "interval=$WATCH_INTERVAL")
convert -t xpack-watcher -f json "${options[@]}"

while IFS= read -r record; do
    title=$(jq -r '.title // .path' <<< "$record")
    # A rule without an id gets one from its title.
    id=$(jq -r '.id // ("sigma-" + (.title // .path | gsub("[^A-Za-z0-9]+"; "-"))) | @uri' <<< "$record")
    number=0
    # A rule with several conditions makes several watches, one behind another.
    while IFS= read -r watch; do
        number=$((number + 1))
        name=$id
        [ "$number" -eq 1 ] || name=$id-$number
        request PUT "$url/_watcher/watch/$name${ELASTIC_INACTIVE:+?active=false}" <<< "$watch"
        done_with "$title"
    done < <(jq -r '.query' <<< "$record" | jq -c .)
done < "$work/converted"
finish
