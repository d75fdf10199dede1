#!/usr/bin/env bash
# Compares morgue with a minimal tantivy program (bare.rs) on the same folder, and prints ratios.
#
# usage: benches/compare.sh FOLDER [ROUNDS]
#   FOLDER holds the articles, best about 100,000 files, and is not changed.
# The two run in turn, ROUNDS times (3 by default); each ratio is the median. Times are of whole
# processes. On a machine that does other work, the ratios are meaningful and single times are not.
set -euo pipefail
folder=${1:?usage: benches/compare.sh FOLDER [ROUNDS]}
rounds=${2:-3}
cd "$(dirname "$0")/.."
cargo build --release --quiet --bin morgue --example bare
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -r "$folder" "$work/articles"
morgue=$PWD/target/release/morgue bare=$PWD/target/release/examples/bare
articles=$work/articles

# Prints the wall and CPU seconds of a command. Status 1 means that a search found nothing.
cost() {
    local out=$work/cost status=0
    TIMEFORMAT='%R %U %S'
    { time "$@" >"$work/out" 2>&1; } 2>"$out" || status=$?
    ((status < 2)) || { cat "$work/out" >&2; exit 2; }
    awk '{ printf "%s %.3f\n", $1, $2 + $3 }' "$out"
}
median() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }

# Runs A and B in turn and prints the median ratios of wall and CPU time.
#   ratio NAME PREPARE COMMAND-A COMMAND-B
ratio() {
    local name=$1 prepare=$2 a=$3 b=$4 i
    : >"$work/wall" && : >"$work/cpu"
    for ((i = 0; i < rounds; i++)); do
        eval "$prepare"
        read -r wall_a cpu_a < <(eval "cost $a")
        read -r wall_b cpu_b < <(eval "cost $b")
        awk "BEGIN { print $wall_a / ($wall_b + 1e-9) }" >>"$work/wall"
        awk "BEGIN { print $cpu_a / ($cpu_b + 1e-9) }" >>"$work/cpu"
    done
    printf '%-44s wall %6.2f   CPU %6.2f   (last: %s s, %s CPU-s against %s s, %s CPU-s)\n' "$name" \
        "$(median <"$work/wall")" "$(median <"$work/cpu")" "$wall_a" "$cpu_a" "$wall_b" "$cpu_b"
}

ratio 'full index: morgue / bare' 'rm -rf $work/m $work/b' \
    '$morgue index --quiet $articles --index $work/m' '$bare index $articles $work/b'
ratio 'nothing changed: morgue / walk and metadata' ':' \
    '$morgue index --quiet $articles --index $work/m' '$bare walk $articles'
# Appends a line to one file in a hundred.
change='find $articles -type f | sort | awk "NR % 100 == 1" | while read -r f; do echo "Changed." >>"$f"; done'
ratio '1 % changed: morgue / bare' "$change" \
    '$morgue index --quiet $articles --index $work/m' '$bare index $articles $work/b'
ratio 'one search: morgue / bare' ':' \
    '$morgue search --index $work/m government election' '$bare search $work/b government election'
text=$(du -sb --apparent-size "$articles" | cut -f1)
awk -v m="$(du -sb "$work/m" | cut -f1)" -v b="$(du -sb "$work/b" | cut -f1)" -v t="$text" \
    'BEGIN { printf "index ÷ text: morgue %.2f, bare %.2f\n", m / t, b / t }'
