#!/usr/bin/env python3
"""Model Zoo's search beside Ray Tune's, in turns, and both again after kill -9.

Runs `deploy/modelzoo search --config conf/search/small.conf` with random trials and ray_tune.py, as
often as --runs says. Then each is killed after a part of its median time, and the same command is
given again. Prints a Markdown table; times are of whole commands, from the shell to the shell.
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


def place(program, directory):
    if program == "Model Zoo":
        return ["--set", f"output.directory={directory}"]
    return ["--directory", f"{directory}/search"]


def run(program, command, directory, kill_after=None):
    """Seconds of a command, and what it came to unless it was killed."""
    begin = time.monotonic()
    process = subprocess.Popen(
        command + place(program, directory),
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
    times = {program: [] for program in programs}
    results = {}
    for _ in range(chosen.runs):
        for program, command in programs.items():
            with tempfile.TemporaryDirectory() as directory:
                seconds, results[program] = run(program, command, directory)
            times[program].append(seconds)
            note(program, "undisturbed", seconds, results[program])
    print("| | seconds | trials | epochs | best | killed after | again | trials | epochs | best |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    for program, command in programs.items():
        with tempfile.TemporaryDirectory() as directory:
            killed, _ = run(
                program, command, directory, chosen.part * statistics.median(times[program])
            )
            note(program, "killed", killed, None)
            again, result = run(program, command, directory)
            note(program, "again", again, result)
        undisturbed = ", ".join(f"{seconds:.0f}" for seconds in times[program])
        cells = [program, undisturbed, *results[program], f"{killed:.0f}", f"{again:.0f}", *result]
        print("| " + " | ".join(map(str, cells)) + " |", flush=True)


if __name__ == "__main__":
    main()
