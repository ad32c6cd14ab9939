#!/usr/bin/env bash
# Converts rules to queries and makes event definitions of them in Graylog (POST api/events/definitions).
#
# usage: graylog.sh [--dry-run] [--level LEVEL] RULES...
#
#   --dry-run      print the requests and send nothing
#   --level LEVEL  only rules of this level or higher
#
# An event definition fires when the query finds a message within its interval. Graylog gives it an id of its own, so
# a second run makes a second definition: delete the old ones before.
#
# Environment:
#   GRAYLOG_URL       default http://localhost:9000
#   GRAYLOG_TOKEN     an access token, or
#   GRAYLOG_USER, GRAYLOG_PASSWORD
#   GRAYLOG_STREAMS   ids of streams to search, separated by commas; default all
#   GRAYLOG_INTERVAL  in seconds, default 900: how often to search, and how far back
#   GRAYLOG_SCHEDULE  true (default) or false: whether the definitions start at once
#   GRAYLOG_VERSION   the major version; from 7 on the request has another envelope. Default 6
#   SIGMAC            the program
#   SIGMAC_CONFIG     a configuration file; without it none is used
#
# Exit code: 0 all imported, 1 some rule was refused or rejected, 2 wrong use, or no connection.

set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

parse "$@"
need jq curl
find_sigmac
# The shell calculates with the one, and jq reads the other.
case ${GRAYLOG_INTERVAL:-900}${GRAYLOG_VERSION:-6} in *[!0-9]*) fail "GRAYLOG_INTERVAL and GRAYLOG_VERSION are numbers" ;; esac

url=${GRAYLOG_URL:-http://localhost:9000}/api/events/definitions?schedule=${GRAYLOG_SCHEDULE:-true}
{
    echo 'header = "Content-Type: application/json"'
    # Graylog refuses changes without this header.
    echo 'header = "X-Requested-By: sigmac"'
    if [ -n "${GRAYLOG_TOKEN:-}" ]; then
        echo "user = \"$(quoted "$GRAYLOG_TOKEN"):token\""
    elif [ -n "${GRAYLOG_USER:-}" ]; then
        echo "user = \"$(quoted "$GRAYLOG_USER:${GRAYLOG_PASSWORD:-}")\""
    fi
} > "$work/curlrc"

# definition RECORD: an event definition.
definition() {
    jq -c --arg streams "${GRAYLOG_STREAMS:-}" --argjson ms "$((${GRAYLOG_INTERVAL:-900} * 1000))" --argjson version "${GRAYLOG_VERSION:-6}" "$jq_functions"'
        {
            title: (named + (if .number > 1 then " (\(.number))" else "" end)),
            description: ("Sigma rule " + (.id // .path) + (if .tags == [] then "" else ": " + (.tags | join(", ")) end)),
            priority: {informational: 1, low: 1, medium: 2, high: 3, critical: 3}[.level // "medium"],
            alert: true,
            config: {
                type: "aggregation-v1",
                query: .query,
                query_parameters: [],
                streams: ($streams | split(",")),
                group_by: [],
                series: [{id: "count()", type: "count"}],
                conditions: {
                    expression: {
                        expr: ">=",
                        left: {expr: "number-ref", ref: "count()"},
                        right: {expr: "number", value: 1}
                    }
                },
                search_within_ms: $ms,
                execute_every_ms: $ms,
                event_limit: 100
            },
            field_spec: {},
            key_spec: [],
            notification_settings: {grace_period_ms: 0, backlog_size: 10},
            notifications: []
        } | if $version >= 7 then {entity: .} else . end' <<< "$1"
}

convert -t graylog

while IFS= read -r record; do
    definition "$record" > "$work/body"
    request POST "$url"
    done_with "$(field "$record" named)"
done < "$work/queries"
finish
