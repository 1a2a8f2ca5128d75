#!/bin/bash
# Joins the shards of slurm.sh into the dataset that one machine would have written. They stay as
# they are, so there must be room for the dataset twice; remove them when this job is done.
#
#SBATCH --job-name=redd-merge
#SBATCH --mem=2G
#SBATCH --time=01:00:00
#SBATCH --output=out/redd-%j.log

set -euo pipefail

out="${REDD_OUT:-out/farm}"
deno task merge "$out" "$out.shards"/*
