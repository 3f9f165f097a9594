#!/usr/bin/env python3
"""Model Zoo beside plain PyTorch, case by case, in the same minute.

Runs `deploy/modelzoo benchmark` and pytorch.py in turns, as often as --runs says, and prints a
Markdown table of medians. The ratio of a case is the median over the pairs of neighbouring runs,
with the smallest and the largest in brackets, so that what else the machine does hits both alike.

A case is NETWORK,BATCH,MEMBERS,THREADS or the same with ,evaluation at the end. PyTorch always runs
one member, with MEMBERS x THREADS threads: the original trains one at a time. --processes gives
PyTorch as many processes as there are members instead.
"""

import argparse
import json
import pathlib
import statistics
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
MODEL_ZOO = HERE.parent / "modelzoo"
CASES = [
    "wrn-16-4,16,1,1",
    "small-conv,32,1,1",
    "wrn-16-4,16,1,2",
    "wrn-16-4,16,2,1",
    "small-conv,32,2,1",
    "wrn-16-4,256,1,1,evaluation",
]


def case_of(text):
    words = text.split(",")
    evaluation = words[4:] == ["evaluation"]
    if len(words) != 4 + evaluation or not all(word.isdigit() and int(word) for word in words[1:4]):
        raise argparse.ArgumentTypeError(f"{text} is no NETWORK,BATCH,MEMBERS,THREADS[,evaluation]")
    return words[0], int(words[1]), int(words[2]), int(words[3]), evaluation


def options():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--case", action="append", type=case_of, help="may be given several times; default: "
        + " ".join(CASES)
    )
    parser.add_argument("--runs", type=int, default=5, help="of each program; default 5")
    parser.add_argument("--seconds", type=int, default=10, help="of measuring; default 10")
    parser.add_argument("--python", default=sys.executable, help="interpreter that has PyTorch")
    parser.add_argument(
        "--channels-last", action="store_true", help="PyTorch in NHWC instead of NCHW"
    )
    parser.add_argument(
        "--processes", action="store_true", help="PyTorch with as many processes as members"
    )
    parser.add_argument(
        "--json", default="comparison.jsonl", metavar="FILE", help="gets every line measured"
    )
    chosen = parser.parse_args()
    if chosen.runs < 1 or chosen.seconds < 1:
        parser.error("--runs and --seconds must be at least 1")
    chosen.case = chosen.case or [case_of(text) for text in CASES]
    return chosen


def measure(program, case, chosen):
    """One run of one program; its JSON record."""
    network, batch, members, threads, evaluation = case
    if program == "pytorch" and not chosen.processes:
        members, threads = 1, members * threads
    command = (
        [str(MODEL_ZOO), "benchmark"]
        if program == "modelzoo"
        else [chosen.python, str(HERE / "pytorch.py")]
    )
    command += ["--network", network, "--batch", str(batch), "--members", str(members)]
    command += ["--threads", str(threads), "--seconds", str(chosen.seconds), "--json", "-"]
    command += ["--evaluation"] * evaluation
    command += ["--channels-last"] * (program == "pytorch" and chosen.channels_last)
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if done.returncode:
        sys.stderr.write(done.stderr)
        sys.exit(f"compare.py: {' '.join(command)} ended with exit code {done.returncode}")
    return json.loads(done.stdout)


def spread(values, digits):
    return (
        f"{statistics.median(values):.{digits}f} ({min(values):.{digits}f}–{max(values):.{digits}f})"
    )


def table(cases, records):
    lines = [
        "| case | PyTorch images/s | Model Zoo images/s | ratio | PyTorch MB | Model Zoo MB |",
        "|---|---|---|---|---|---|",
    ]
    for case in cases:
        network, batch, members, threads, evaluation = case
        speeds = {}
        peaks = {}
        for program in ("pytorch", "modelzoo"):
            runs = [records[run, case, program] for run in sorted({key[0] for key in records})]
            speeds[program] = [record["images_per_second"] for record in runs]
            peak = [record["peak_rss_mb"] for record in runs if record["peak_rss_mb"]]
            peaks[program] = f"{statistics.median(peak):.0f}" if peak else "–"
        ratios = [ours / theirs for ours, theirs in zip(speeds["modelzoo"], speeds["pytorch"])]
        name = f"{network}, batch {batch}, members {members}, threads each {threads}"
        lines.append(
            f"| {name}{', evaluation' * evaluation} | {spread(speeds['pytorch'], 1)} "
            f"| {spread(speeds['modelzoo'], 1)} | {spread(ratios, 2)} "
            f"| {peaks['pytorch']} | {peaks['modelzoo']} |"
        )
    return "\n".join(lines)


def main():
    chosen = options()
    records = {}
    with open(chosen.json, "a", encoding="utf-8") as lines:
        for run in range(chosen.runs):
            for case in chosen.case:
                # Who begins changes, so that neither always runs on the cooler machine.
                order = ["modelzoo", "pytorch"] if run % 2 else ["pytorch", "modelzoo"]
                for program in order:
                    record = measure(program, case, chosen)
                    records[run, case, program] = record
                    lines.write(json.dumps({"program": program, "run": run, **record}) + "\n")
                    lines.flush()
                    print(
                        f"run {run + 1} of {chosen.runs}: {program}, {record['kind']} of "
                        f"{record['network']}, {record['images_per_second']:.1f} images/s",
                        file=sys.stderr,
                    )
    some = next(record for key, record in records.items() if key[2] == "modelzoo")
    theirs = next(record for key, record in records.items() if key[2] == "pytorch")
    print(f"{some['processor']}, cores: {some['cores']}; Java {some['java']}, {some['backend']}; "
          f"{theirs['backend']}; runs of each: {chosen.runs}; median (smallest–largest)\n")
    print(table(chosen.case, records))


if __name__ == "__main__":
    main()
