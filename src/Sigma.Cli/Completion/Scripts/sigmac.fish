# Completion of sigmac for fish. Put it where fish finds it:
#   mkdir -p ~/.config/fish/completions
#   sigmac completion fish > ~/.config/fish/completions/sigmac.fish
# or load it now:
#   sigmac completion fish | source
function __sigmac_complete
    set -l words (commandline -opc)
    set -l word (commandline -ct)
    set -l front ''
    # Several targets are separated by commas.
    if string match -q -- '*,*' $word; and not string match -q -- '-*' $word
        set front (string replace -r -- '[^,]*$' '' $word)
        set word (string replace -r -- '^.*,' '' $word)
    end
    set -l candidates ($words[1] complete -- $words[2..-1] "$word" 2>/dev/null)
    if test (count $candidates) -gt 0
        printf "$front%s\n" $candidates
    else
        __fish_complete_path $word
    end
end
complete -c sigmac -f -a '(__sigmac_complete)'
