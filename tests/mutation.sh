#!/bin/sh
# Changes the library in small ways, one at a time, and sees whether the tests notice; docs/testing-sigmac.md says how.
# Goes on where an earlier run of the same code stopped.
#   tests/mutation.sh                                  500 mutants of seed 4711
#   tests/mutation.sh --sample 50 --seed 7 --jobs 1
#   tests/mutation.sh --sample 20000 --quick           all mutants there are, without processes of their own
#   tests/mutation.sh --page docs/testing-sigmac.md    writes the figures into the page
set -e
cd "$(dirname "$0")/.."
exec nice -n 19 dotnet run --project tests/Sigma.Mutation -v q -- "$@"
