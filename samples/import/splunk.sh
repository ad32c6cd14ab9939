#!/usr/bin/env bash
# Converts rules to searches and saves them in Splunk as scheduled alerts (POST saved/searches).
#
# usage: splunk.sh [--dry-run] [--level LEVEL] RULES...
#
#   --dry-run      print the requests and send nothing
#   --level LEVEL  only rules of this level and above
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
#
# Exit code: 0 all imported, 1 some rule was refused or rejected, 2 wrong use.

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

# The form without the name, which an update does not take. Severity as Splunk counts it: 2 low to 5 critical.
form() {
    jq -j --arg search "$1" --arg cron "${SPLUNK_CRON:-*/15 * * * *}" --arg earliest "${SPLUNK_EARLIEST:--15m}" '
        {
            search: $search,
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
        } | to_entries | map((.key | @uri) + "=" + (.value | @uri)) | join("&")'
}

convert -t splunk

while IFS= read -r record; do
    title=$(jq -r '.title // .path' <<< "$record")
    number=0
    # A rule with several conditions makes several searches, a line each.
    while IFS= read -r search; do
        number=$((number + 1))
        name=$title
        [ "$number" -eq 1 ] || name="$title ($number)"
        body=$(form "$search" <<< "$record")
        encoded=$(jq -rn --arg name "$name" '$name | @uri')
        printf 'name=%s&%s' "$encoded" "$body" > "$work/body"
        request POST "$base" < "$work/body"
        if [ "$status" = 409 ]; then
            # It is there already.
            printf '%s' "$body" > "$work/body"
            request POST "$base/$encoded" < "$work/body"
        fi
        done_with "$name"
    done < <(jq -r '.query' <<< "$record")
done < "$work/converted"
finish
