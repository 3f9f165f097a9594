#!/usr/bin/env python3
"""Model Zoo's search beside Ray Tune's, in turns, and both again after kill -9.

Runs `deploy/modelzoo search --config conf/search/small.conf` with random trials and ray_tune.py, as
often as --runs says, each time with another seed. Then each is killed after a part of its median
time, and the same command is given again. Prints a Markdown table. Times are of whole commands;
Model Zoo's epochs are those of rungs that ended, Ray Tune's all that were reported.
"""

import argparse
import json
import os
import pathlib
import signal
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
IMAGES = 320  # of an epoch


def commands(python):
    ray = [python, str(HERE / "ray_tune.py"), "--json", "-"]
    return {
        "Model Zoo": [
            str(HERE.parent / "modelzoo"), "search", "--master", "local[2]",
            "--config", str(ROOT / "conf/search/small.conf"),
            "--set", "search.sampler.method=random",
        ],
        "Ray Tune": ray,
        "Ray Tune, --reuse-actors": [*ray, "--reuse-actors"],
    }


def place(program, directory, seed):
    if program == "Model Zoo":
        return ["--set", f"output.directory={directory}", "--set", f"experiment.seed={seed}"]
    return ["--directory", f"{directory}/search", "--seed", str(seed)]


def run(program, command, directory, seed, kill_after=None):
    """Seconds of a command, and what it came to unless it was killed."""
    begin = time.monotonic()
    process = subprocess.Popen(
        command + place(program, directory, seed),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        printed, _ = process.communicate(timeout=kill_after)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.wait()
        return time.monotonic() - begin, None
    seconds = time.monotonic() - begin
    if process.returncode:
        sys.exit(f"compare_search.py: {' '.join(command)} ended with {process.returncode}")
    if program == "Model Zoo":
        study = json.loads((pathlib.Path(directory) / "search-small/study.json").read_text())
        trials = sum(study["trials"].values())
        return seconds, (trials, study["images"] // IMAGES, study["best_value"])
    record = json.loads(printed.splitlines()[-1])
    return seconds, (record["trials"], record["trained_epochs"], record["best"])


def note(program, what, seconds, result):
    load = os.getloadavg()[0]
    print(f"{program}, {what}: {seconds:.1f} s, {result}, load {load:.1f}", file=sys.stderr)


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--python", default=sys.executable, help="interpreter with ray and torch")
    parser.add_argument("--runs", type=int, default=2, help="of each, in turns; default 2")
    parser.add_argument("--part", type=float, default=0.5, help="of the time, until kill -9")
    chosen = parser.parse_args()
    programs = commands(chosen.python)
    undisturbed = {program: [] for program in programs}
    for seed in range(1, chosen.runs + 1):
        for program, command in programs.items():
            with tempfile.TemporaryDirectory() as directory:
                undisturbed[program].append(run(program, command, directory, seed))
            note(program, "undisturbed", *undisturbed[program][-1])
    print("| | run | seconds | trials | epochs | best |\n|---|---|---|---|---|---|")
    for program, command in programs.items():
        for number, (seconds, result) in enumerate(undisturbed[program], 1):
            print(row(program, number, seconds, result))
        killed_after = chosen.part * statistics.median(
            seconds for seconds, _ in undisturbed[program]
        )
        with tempfile.TemporaryDirectory() as directory:
            killed, _ = run(program, command, directory, 1, killed_after)
            note(program, "killed", killed, None)
            again, result = run(program, command, directory, 1)
            note(program, "again", again, result)
        print(row(program, f"1, killed after {killed:.0f} s, again", again, result), flush=True)


def row(program, name, seconds, result):
    return "| " + " | ".join([program, str(name), f"{seconds:.0f}", *map(str, result)]) + " |"


if __name__ == "__main__":
    main()
