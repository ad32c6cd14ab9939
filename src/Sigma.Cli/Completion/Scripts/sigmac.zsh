#compdef sigmac
# Completion of sigmac for zsh. Put it into a folder of $fpath, such as:
#   mkdir -p ~/.zfunc
#   sigmac completion zsh > ~/.zfunc/_sigmac      (with 'fpath+=~/.zfunc' before 'compinit' in ~/.zshrc)
# or load it now, after compinit:
#   source <(sigmac completion zsh)
_sigmac() {
    local line front='' word=${words[CURRENT]}
    local -a asked candidates
    asked=("${(@Q)words[2,CURRENT-1]}")
    # Several targets are separated by commas.
    if [[ $word == *,* && $word != -* ]]; then
        front=${word%,*},
        word=${word##*,}
        compset -P '*,'
    fi
    for line in "${(@f)$(${words[1]} complete -- "${asked[@]}" "$word" 2>/dev/null)}"; do
        [[ -n $line ]] || continue
        if [[ $line == *$'\t'* ]]; then
            candidates+=("${${line%%$'\t'*}//:/\\:}:${line#*$'\t'}")
        else
            candidates+=("${line//:/\\:}")
        fi
    done
    if (( ${#candidates} )); then
        if [[ ${#candidates} -eq 1 && ${candidates[1]%%:*} == *= ]]; then
            _describe -V sigmac candidates -S ''
        else
            _describe -V sigmac candidates
        fi
    else
        _files
    fi
}
# In a folder of $fpath this file is the function itself; loaded directly it only registers the function.
if [[ ${funcstack[1]} == _sigmac ]]; then
    _sigmac "$@"
else
    compdef _sigmac sigmac
fi
