# Completion of sigmac for bash. Put it where bash loads it on demand:
#   mkdir -p ~/.local/share/bash-completion/completions
#   sigmac completion bash > ~/.local/share/bash-completion/completions/sigmac
# or load it now:
#   eval "$(sigmac completion bash)"
_sigmac() {
    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_LINE:0:COMP_POINT} front='' candidate
    local -a words
    # Bash ends words at = and :; sigmac does not.
    read -r -a words <<<"$before"
    [[ $before == *[[:space:]] ]] && words+=('')
    local whole=${words[${#words[@]} - 1]}
    local IFS=$'\n'
    # Several targets are separated by commas.
    if [[ $whole == *,* && $whole != -* ]]; then
        front=${whole%,*},
        words[${#words[@]} - 1]=${whole##*,}
    fi
    COMPREPLY=()
    while IFS=$'\t' read -r candidate _; do
        candidate=$front$candidate
        # Do not repeat the part that bash has split off.
        COMPREPLY+=("${candidate:$((${#whole} - ${#word}))}")
    done < <("${words[0]}" complete -- "${words[@]:1}" 2>/dev/null)
    if [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *= ]]; then
        compopt -o nospace
    fi
}
complete -o bashdefault -o default -F _sigmac sigmac
