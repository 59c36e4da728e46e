# bash completion for kaohe. Written by `make reference` from cli/verbs.def and cli/options.def.
# shellcheck shell=bash

_kaohe() {
    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]} verb='' options='' k
    for ((k = 1; k < COMP_CWORD; k++)); do
        case ${COMP_WORDS[k]} in
        -*) ;;
        *) verb=${COMP_WORDS[k]}; break ;;
        esac
    done
    case $prev in
    --threshold) return ;;
    --witness) return ;;
    --output | -o) mapfile -t COMPREPLY < <(compgen -f -- "$cur"); return ;;
    --as) return ;;
    --record) mapfile -t COMPREPLY < <(compgen -f -- "$cur"); return ;;
    --sort) return ;;
    --unit) return ;;
    --period) return ;;
    --threads) return ;;
    --encoding) return ;;
    --item) return ;;
    --to) mapfile -t COMPREPLY < <(compgen -W 'zh en' -- "$cur"); return ;;
    --lang) mapfile -t COMPREPLY < <(compgen -W 'en zh' -- "$cur"); return ;;
    esac
    case $verb in
    new) options='--lang --help --version' ;;
    check) options='--witness --strict --lang --help --version' ;;
    run) options='--output --as --record --quiet --sort --period --threads --encoding --lang --help --version' ;;
    template) options='--output --encoding --lang --help --version' ;;
    validate) options='--output --period --threads --encoding --lang --help --version' ;;
    explain) options='--output --unit --period --threads --encoding --html --json --all --item --lang --help --version' ;;
    pending) options='--unit --period --threads --encoding --lang --help --version' ;;
    questions) options='--period --threads --encoding --lang --help --version' ;;
    test) options='--coverage --threshold --lang --help --version' ;;
    diff) options='--period --encoding --lang --help --version' ;;
    doc) options='--output --bilingual --lang --help --version' ;;
    verify) options='--encoding --lang --help --version' ;;
    fmt) options='--check --diff --to --write --lang --help --version' ;;
    dump) options='--tokens --ast --scheme --program --lang --help --version' ;;
    '') mapfile -t COMPREPLY < <(compgen -W 'new check run template validate explain pending questions test diff doc verify fmt dump --help --version --lang' -- "$cur"); return ;;
    esac
    if [[ $cur == -* ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$options" -- "$cur")
    else
        mapfile -t COMPREPLY < <(compgen -f -X '!*.kh' -- "$cur"; compgen -d -- "$cur")
    fi
}

complete -o filenames -F _kaohe kaohe
