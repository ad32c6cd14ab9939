# What the jobs share. They read this file; it does nothing by itself.

resume=

# Whether the variable NAME turns something on: it is not empty, 0, no or false.
on() { case ${!1:-} in '' | 0 | no | false) return 1 ;; esac; }

# Under GitHub Actions, text of a rule that looks like a command to the runner stays text until the end. One stream keeps the order.
# The caller's trap ends it, with resume_commands.
stop_commands() {
    [ "${GITHUB_ACTIONS:-}" = true ] || return 0
    exec 2>&1
    resume=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
    echo "::stop-commands::$resume"
}
resume_commands() { [ -z "${resume:-}" ] || echo "::$resume::"; }
