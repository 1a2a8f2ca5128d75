#!/bin/bash
# Generates a dataset in the four tasks of a Slurm array, each of which may run on another node.
# From the folder of Redd, with slurm_merge.sh to join the shards when all of them are done:
#
#   id=$(sbatch --parsable examples/slurm.sh)
#   sbatch --dependency=afterok:$id --kill-on-invalid-dep=yes examples/slurm_merge.sh
#
# The preset is `production`. What stands behind the script is given to `generate` instead:
#
#   sbatch examples/slurm.sh --schedule farm.yaml --seed 7
#
# The array may begin anywhere and have any length (sbatch --array=5-12, or 1-40%8 for eight at a
# time), but must be without gaps. A task that failed is queued again with `scontrol requeue ID_3`,
# or by submitting the whole array again, never by submitting it alone: Redd would take it for the
# first and last of its array. What is there already is kept.
#
#SBATCH --job-name=redd
#SBATCH --array=1-4
#SBATCH --cpus-per-task=2
#SBATCH --mem=2G
#SBATCH --time=01:00:00
#SBATCH --output=out/redd-%A_%a.log
#SBATCH --requeue

set -euo pipefail

# The shards meet in this folder, which all nodes must see: a home or project folder on NFS, Lustre
# or the like. Every task has a folder of its own in it.
shards="${REDD_OUT:-out/farm}.shards"

# The modules that Redd needs must be there already: without a network on the nodes, run
# `deno install` once where there is one, and let DENO_DIR be on the shared file system.
[ $# -gt 0 ] || set -- --preset production
deno task generate "$@" \
  --shards "$SLURM_ARRAY_TASK_COUNT" \
  --workers "$SLURM_CPUS_PER_TASK" \
  --out "$shards/$SLURM_ARRAY_TASK_ID"

# Where the nodes share no such file system, or have a faster disk of their own, generate into
# --out "$TMPDIR/shard" and copy the finished folder to where the merge will run:
#
#   rsync -a "$TMPDIR/shard/" "storage:$shards/$SLURM_ARRAY_TASK_ID/"
#
# A part that is damaged on the way is noticed by the merge: it checks the sha256 of every file.
