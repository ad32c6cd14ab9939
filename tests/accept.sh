#!/usr/bin/env bash
# Writes what the program makes now into all golden files: the expected queries with their warnings, the texts of the error
# fixtures, the outputs that pages of docs show. Read the difference before you commit it.
set -euo pipefail
cd "$(dirname "$0")/.."
SIGMAC_ACCEPT=1 dotnet test tests/Sigma.Tests --nologo --filter 'Golden=yes' "$@"
git status --short -- backends docs tests
