#!/usr/bin/env bash
# Converts rules to watches and puts them into Elasticsearch (PUT _watcher/watch/<id>).
#
# usage: elasticsearch.sh [--dry-run] [--level LEVEL] RULES...
#
#   --dry-run      print the requests and send nothing
#   --level LEVEL  only rules of this level or higher
#
# A watch has the id of its rule, so a second run replaces the watches of the first.
#
# Environment:
#   ELASTIC_URL       default http://localhost:9200
#   ELASTIC_API_KEY   an API key, or
#   ELASTIC_USER, ELASTIC_PASSWORD
#   ELASTIC_INACTIVE  set to put the watches without starting them
#   WATCH_MAIL, WATCH_INDEX, WATCH_INTERVAL, WATCH_TIMESTAMP  options of the target xpack-watcher
#   SIGMAC            the program
#   SIGMAC_CONFIG     a configuration file; without it none is used
#
# Exit code: 0 all imported, 1 some rule was refused or rejected, 2 wrong use, or no connection.

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

# A rule's id is its watch's own. What no address can hold (nothing, "." and "..") and a rule without an id get one from the
# title; an id with a blank, which Watcher refuses, loses it.
watch_id() {
    jq -r '(.id // "" | gsub("\\s"; "")) as $id
        | (if $id == "" or $id == "." or $id == ".." then "sigma-" + (.title // .path | gsub("[^A-Za-z0-9]+"; "-")) else $id end)
            + (if .number > 1 then "-\(.number)" else "" end)
        | @uri' <<< "$1"
}

while IFS= read -r record; do
    title=$(field "$record" named)
    id=$(watch_id "$record")
    if [ -n "${taken[$id]:-}" ]; then
        reject "rejected: $title: the watch $id is there from another rule of this run: ${taken[$id]}"
        continue
    fi
    taken[$id]=$title
    jq -j '.query' <<< "$record" > "$work/body"
    request PUT "$url/_watcher/watch/$id${ELASTIC_INACTIVE:+?active=false}"
    done_with "$title"
done < "$work/queries"
finish
