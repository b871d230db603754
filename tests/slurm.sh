#!/usr/bin/env bash
# Runs a sweep on a real Slurm of one machine: the job that `exeunt submit slurm` prints, as an array, with one task
# killed and queued again, then its merge; and compares every byte with the sweep made here.
#
#   tests/slurm.sh PROGRAM        the built `exeunt`
#
# Skipped with a message where Slurm is not installed, unless EXEUNT_FULL_TESTS=1.
set -euo pipefail
program=$(readlink -f "$1")
cd "$(dirname "$0")/.."
repository=$PWD

for tool in slurmctld slurmd munged sbatch; do
  if ! command -v "$tool" >/dev/null; then
    echo "slurm: skipped, $tool is not installed (Debian: apt-get install slurm-wlm munge slurm-client)"
    [ "${EXEUNT_FULL_TESTS:-0}" = 1 ] && exit 1
    exit 0
  fi
done

scratch=$(readlink -f "$(mktemp -d)")
mkdir -p "$scratch"/{etc,state,spool,log,run}
stop() {
  for name in slurmd slurmctld munged; do
    [ -f "$scratch/run/$name.pid" ] && kill "$(cat "$scratch/run/$name.pid")" 2>/dev/null
  done
  sleep 1
  rm -rf "$scratch"
}
trap stop EXIT

# One node with all processors of this machine, no accounting, no control groups. A task that is queued again waits
# until its credential has expired: two minutes, unless cred_expire says otherwise.
host=$(hostname -s)
cpus=$(nproc)
memory=$(($(awk '/MemTotal/ {print $2}' /proc/meminfo) / 1024 * 8 / 10))
cat >"$scratch/etc/slurm.conf" <<CONF
ClusterName=local
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=16817
SlurmdPort=16818
AuthType=auth/munge
AuthInfo=socket=$scratch/run/munge.socket,cred_expire=15
CryptoType=crypto/munge
SlurmUser=root
SlurmdUser=root
StateSaveLocation=$scratch/state
SlurmdSpoolDir=$scratch/spool
SlurmctldPidFile=$scratch/run/slurmctld.pid
SlurmdPidFile=$scratch/run/slurmd.pid
SlurmctldLogFile=$scratch/log/slurmctld.log
SlurmdLogFile=$scratch/log/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SchedulerType=sched/backfill
SchedulerParameters=sched_min_interval=0,batch_sched_delay=0,bf_interval=1,sched_interval=2
MpiDefault=none
ReturnToService=2
KillWait=5
MaxArraySize=10001
MaxJobCount=20000
NodeName=$host NodeAddr=127.0.0.1 CPUs=$cpus Boards=1 SocketsPerBoard=1 CoresPerSocket=$cpus ThreadsPerCore=1 RealMemory=$memory State=UNKNOWN
PartitionName=local Nodes=ALL Default=YES MaxTime=INFINITE State=UP
CONF
dd if=/dev/urandom of="$scratch/etc/munge.key" bs=1 count=1024 2>/dev/null
chmod 600 "$scratch/etc/munge.key"
munged --foreground --force --key-file="$scratch/etc/munge.key" --socket="$scratch/run/munge.socket" \
  --pid-file="$scratch/run/munged.pid" --log-file="$scratch/log/munged.log" --seed-file="$scratch/run/munged.seed" \
  >/dev/null 2>&1 &
export SLURM_CONF="$scratch/etc/slurm.conf"
sleep 1
slurmctld -D -c >/dev/null 2>&1 &
slurmd -D -N "$host" >/dev/null 2>&1 &
for _ in $(seq 60); do
  sinfo -h -o %T 2>/dev/null | grep -q idle && break
  sleep 0.5
done
sinfo -h -o %T | grep -q idle || { echo "slurm: the node did not come up"; tail -5 "$scratch"/log/*; exit 1; }

# 4 x 5 x 5 points, two repetitions: 200 runs.
cat >"$scratch/plan.toml" <<PLAN
title = "A sweep for Slurm"
scenarios = ["$repository/scenarios/examples/border-closes.toml"]
scale = 100
replicates = 2
outcomes = ["left", "abroad_at_end", "held_at_end"]
design = { kind = "grid" }
[vary."behaviour.choice.lambda"]
steps = 4
[vary."behaviour.choice.visa"]
steps = 5
[vary."behaviour.leaving.planner"]
steps = 5
PLAN

cd "$scratch"
"$program" sweep plan.toml --out here --quiet
"$program" submit slurm plan.toml --shards 5 --out there --exeunt "$program" >job.sh
jobs=$(bash job.sh)
echo "$jobs"
array=$(sed -n 's/^shards: job //p' <<<"$jobs")

# The process that has the ledger of a shard open.
holder() {
  { find /proc/[0-9]*/fd -lname "$scratch/there/shards/$1/ledger" 2>/dev/null || true; } | cut -d / -f 3 | head -n 1
}

# A task is killed while it works, and queued again.
killed=no
for _ in $(seq 300); do
  [ -s there/shards/1-of-5/ledger ] && task=$(holder 1-of-5) || task=
  if [ -n "$task" ]; then
    # Its shell is stopped first: should it tell of the end before the task is queued again, the task would count as
    # failed, and the merge would come before it is made.
    kill -STOP "$(cut -d ' ' -f 4 "/proc/$task/stat")"
    kill -KILL "$task"
    scontrol requeue "${array}_1" && killed=yes
    break
  fi
  sleep 0.1
done

for _ in $(seq 1200); do
  [ -f there/manifest.json ] && break
  sleep 0.25
done
[ -f there/manifest.json ] || { echo "slurm: no merge came"; squeue; tail -n 5 there-log/* "$scratch"/log/*; exit 1; }
for file in manifest.json sweep.json outcomes.parquet runs.parquet points.parquet; do
  cmp "here/$file" "there/$file"
done
"$program" merge there --format csv --quiet
runs=$(($(wc -l <there/runs.csv) - 1))
echo "slurm: $runs runs in an array of 5 tasks, one of them killed and queued again: $killed; every byte as here"
[ "$runs" -ge 200 ] && [ "$killed" = yes ]
