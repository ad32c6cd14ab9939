#!/usr/bin/env bash
# The share of the product's lines that tests run, per project and per folder. Without arguments it runs tests/Sigma.Tests; arguments
# go to "dotnet test" instead, say another project, or --filter 'Tier!=slow'. It writes only where a build does, and into a folder of
# the system for temporary files. docs/testing-sigmac.md has the last figures.
set -euo pipefail
cd "$(dirname "$0")/.."
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT

code=0
dotnet test tests/Sigma.Tests --settings tests/coverage.runsettings --results-directory "$results" "$@" 1>&2 || code=$?

# A line counts once, however many methods and classes are compiled from it.
find "$results" -name '*.cobertura.xml' -exec cat {} + | tr '>' '\n' | awk -v root="$PWD/" '
  function attribute(name) { return match($0, " " name "=\"[^\"]*\"") ? substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4) : "" }
  /<class / { file = attribute("filename"); sub(root, "", file); next }
  /<line / && file ~ /^src\// {
    line = file ":" attribute("number")
    if (!(line in hits)) { lines[line] = file; hits[line] = 0 }
    if (attribute("hits") > 0) { hits[line] = 1 }
  }
  END {
    for (line in lines) {
      count = split(lines[line], parts, "/")
      project = parts[2]
      folder = count > 3 ? project "/" parts[3] : project "/."
      all[folder]++; all[project]++; all["all"]++
      run[folder] += hits[line]; run[project] += hits[line]; run["all"] += hits[line]
    }
    for (name in all) { printf "%s\t%d\t%d\t%.1f %%\n", name, all[name], run[name], 100 * run[name] / all[name] }
  }' | LC_ALL=C sort | awk -F '\t' 'BEGIN { printf "%-40s %8s %8s %8s\n", "", "lines", "run", "share" } { printf "%-40s %8d %8d %8s\n", $1, $2, $3, $4 }'
exit "$code"
