#!/usr/bin/env bash
# The same bytes on a processor without AVX, and on ARM, as on this one: the program, built for x86-64, run here and by
# QEMU as a Nehalem of 2008 (SSE4.2, neither AVX nor FMA), and built for ARM run by QEMU as a Cortex-A57.
#
#   tests/emulated.sh PROGRAM [PROGRAM-FOR-ARM]
#
# The engine asks for no instructions at run time and is built for the oldest x86-64, so that this can only fail where
# a library does otherwise or the compiler takes another order for another target. Needs qemu-user-static; .ci/arm
# builds the program for ARM.
set -euo pipefail
program=$(realpath "$1")
arm=${2:+$(realpath "$2")}
cd "$(dirname "$0")/.."
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT

# Every file of a results folder but run.json is listed in manifest.json with its digest.
compare() {
  local name=$1
  shift
  for scenario in examples/queue examples/two-origins russia-2022/as-it-was; do
    "$@" run "scenarios/$scenario.toml" --scale 2000 --replicates 2 --threads 2 --format csv,parquet --quiet \
      --out "$results/$name/$scenario"
    [ "$name" = here ] && continue
    cmp "$results/here/$scenario/manifest.json" "$results/$name/$scenario/manifest.json"
    printf '%s: %s is the same, %s files\n' "$name" "$scenario" \
      "$(grep -c '"sha256"' "$results/$name/$scenario/manifest.json")"
  done
}

compare here "$program"
compare "without AVX" qemu-x86_64-static -cpu Nehalem "$program"
if [ -n "$arm" ]; then
  compare ARM qemu-aarch64-static -cpu cortex-a57 -L /usr/aarch64-linux-gnu "$arm"
fi
