#!/usr/bin/env bash
# Converts rules to searches and saves them in Splunk as scheduled alerts (POST saved/searches).
#
# usage: splunk.sh [--dry-run] [--level LEVEL] RULES...
#
#   --dry-run      print the requests and send nothing
#   --level LEVEL  only rules of this level or higher
#
# A search has the rule's title as its name. If it is there already, it is changed.
#
# Environment:
#   SPLUNK_URL        the management port, default https://localhost:8089
#   SPLUNK_TOKEN      an authentication token, or
#   SPLUNK_USER, SPLUNK_PASSWORD
#   SPLUNK_APP        default search
#   SPLUNK_OWNER      default nobody, so that all users of the app see them
#   SPLUNK_CRON       default */15 * * * *
#   SPLUNK_EARLIEST   default -15m
#   SPLUNK_INSECURE   set to accept any certificate
#   SIGMAC            the program
#   SIGMAC_CONFIG     a configuration file; without it none is used
#
# Exit code: 0 all imported, 1 some rule was refused or rejected, 2 wrong use, or no connection.

set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

parse "$@"
need jq curl
find_sigmac

base=${SPLUNK_URL:-https://localhost:8089}/servicesNS/${SPLUNK_OWNER:-nobody}/${SPLUNK_APP:-search}/saved/searches
{
    echo 'header = "Content-Type: application/x-www-form-urlencoded"'
    if [ -n "${SPLUNK_TOKEN:-}" ]; then
        echo "header = \"Authorization: Bearer $(quoted "$SPLUNK_TOKEN")\""
    elif [ -n "${SPLUNK_USER:-}" ]; then
        echo "user = \"$(quoted "$SPLUNK_USER:${SPLUNK_PASSWORD:-}")\""
    fi
    [ -z "${SPLUNK_INSECURE:-}" ] || echo insecure
} > "$work/curlrc"

# search_name RECORD: the title, as one line. Brackets end the name of a stanza, "default" is none but sets values for all
# others, and "." and ".." are steps on the way to another address.
search_name() {
    jq -c "$jq_functions"'
        .number as $number | named | shown | gsub("\\["; "(") | gsub("]"; ")") | gsub("\\\\"; "/") | sub("^ +"; "") | sub(" +$"; "")
        | if . == "" or . == "." or . == ".." or ascii_downcase == "default" or test("^[#;]") then "Sigma rule " + . else . end
        | . + (if $number > 1 then " (\($number))" else "" end)' <<< "$1"
}

# form RECORD: the form without the name, which an update does not take. Severity as Splunk counts it: 2 low to 5 critical.
form() {
    jq -j --arg cron "${SPLUNK_CRON:-*/15 * * * *}" --arg earliest "${SPLUNK_EARLIEST:--15m}" '
        {
            search: .query,
            description: ("Sigma rule " + (.id // .path)),
            is_scheduled: "1",
            cron_schedule: $cron,
            "dispatch.earliest_time": $earliest,
            "dispatch.latest_time": "now",
            alert_type: "number of events",
            alert_comparator: "greater than",
            alert_threshold: "0",
            "alert.track": "1",
            "alert.severity": ({informational: 2, low: 2, medium: 3, high: 4, critical: 5}[.level // "medium"] | tostring)
        } | to_entries | map((.key | @uri) + "=" + (.value | @uri)) | join("&")' <<< "$1"
}

convert -t splunk

while IFS= read -r record; do
    title=$(search_name "$record")
    encoded=$(jq -rn --argjson name "$title" '$name | @uri')
    # Another rule of this run has the title: the second must not replace the first.
    number=2
    while [ -n "${taken[$encoded]:-}" ]; do
        title=$(jq -cn --argjson name "$(search_name "$record")" --arg number "$number" '"\($name) (\($number))"')
        encoded=$(jq -rn --argjson name "$title" '$name | @uri')
        number=$((number + 1))
    done
    taken[$encoded]=yes
    shown=$(jq -rn --argjson name "$title" '$name')
    form "$record" > "$work/form"
    { printf 'name=%s&' "$encoded"; cat "$work/form"; } > "$work/body"
    request POST "$base"
    if [ "$status" = 409 ]; then
        # It is there already.
        cp "$work/form" "$work/body"
        request POST "$base/$encoded"
    fi
    done_with "$shown"
done < "$work/queries"
finish
