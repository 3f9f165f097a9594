#!/usr/bin/env python3
"""Model Zoo beside plain PyTorch, case by case, in the same minute.

Runs `deploy/modelzoo benchmark` and pytorch.py in turns, as often as --runs says, and prints a
Markdown table of medians. The ratio of a case is the median over the pairs of neighbouring runs,
with the smallest and the largest in brackets, so that what else the machine does hits both alike.

A case is NETWORK,BATCH,MEMBERS,THREADS or the same with ,evaluation at the end. PyTorch always runs
one member, with MEMBERS x THREADS threads: the original trains one at a time. --processes gives
PyTorch as many processes as there are members instead. --best tries PyTorch's settings one after the
other, in as many processes as there are members too, a row each, and marks the best.
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
    "wrn-16-4,64,1,1,evaluation",
]
PLAIN = "plain"
# Beside the plain ones: autocast, order of the images, the optimiser in one operation, and so on.
BEST = {
    "channels-last": ["--channels-last"],
    "bfloat16": ["--precision", "bfloat16"],
    "channels-last, fused": ["--channels-last", "--fused"],
    "bfloat16, channels-last, fused": ["--precision", "bfloat16", "--channels-last", "--fused"],
    "channels-last, fused, compiled": ["--channels-last", "--fused", "--compile"],
    "bfloat16, channels-last, fused, compiled": [
        "--precision", "bfloat16", "--channels-last", "--fused", "--compile"
    ],
}
BEST_ON_CARDS = {
    "float16, channels-last, fused": ["--precision", "float16", "--channels-last", "--fused"],
    "tensor-float32, channels-last, fused, CUDA graph": [
        "--precision", "tensor-float32", "--channels-last", "--fused", "--cuda-graph"
    ],
    "bfloat16, channels-last, fused, CUDA graph": [
        "--precision", "bfloat16", "--channels-last", "--fused", "--cuda-graph"
    ],
}


def case_of(text):
    words = text.split(",")
    evaluation = words[4:] == ["evaluation"]
    if len(words) != 4 + evaluation or not all(word.isdigit() and int(word) for word in words[1:4]):
        raise argparse.ArgumentTypeError(f"{text} is not NETWORK,BATCH,MEMBERS,THREADS[,evaluation]")
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
    parser.add_argument("--best", action="store_true", help="PyTorch's best settings too")
    parser.add_argument("--device", default="cpu", help="of both: cpu (the default), cuda, cuda:N")
    parser.add_argument("--engine", default="auto", help="Model Zoo's; auto is the default")
    parser.add_argument(
        "--precision", default="float32", help="Model Zoo's; float32 is the default"
    )
    parser.add_argument(
        "--json", default="comparison.jsonl", metavar="FILE", help="gets every line measured"
    )
    chosen = parser.parse_args()
    if chosen.runs < 1 or chosen.seconds < 1:
        parser.error("--runs and --seconds must be at least 1")
    chosen.case = chosen.case or [case_of(text) for text in CASES]
    return chosen


def settings(case, chosen):
    """PyTorch's of a case: for each a name, options, and whether members are processes."""
    plain = ["--channels-last"] * chosen.channels_last
    made = [(PLAIN, plain, chosen.processes)]
    if chosen.best:
        best = {**BEST, **({} if chosen.device == "cpu" else BEST_ON_CARDS)}
        if case[4]:  # Nothing is updated and nothing captured.
            best = {name: words for name, words in best.items() if "--cuda-graph" not in words}
        made += [(name, words, chosen.processes) for name, words in best.items()]
        if case[2] > 1 and not chosen.processes:
            made += [(f"{name}, processes", words, True) for name, words, _ in made]
    return made


def measure(case, chosen, setting):
    """One run of Model Zoo (setting None) or of PyTorch; its JSON record, or why there is none."""
    network, batch, members, threads, evaluation = case
    if setting is None:
        command = [str(MODEL_ZOO), "benchmark", "--engine", chosen.engine]
        command += ["--precision", chosen.precision]
    else:
        command = [chosen.python, str(HERE / "pytorch.py"), *setting[1]]
        if not setting[2]:
            members, threads = 1, members * threads
    command += ["--network", network, "--batch", str(batch), "--members", str(members)]
    command += ["--threads", str(threads), "--seconds", str(chosen.seconds), "--json", "-"]
    command += ["--device", chosen.device]
    command += ["--evaluation"] * evaluation
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if done.returncode == 0:
        return json.loads(done.stdout)
    if setting is None or setting[0] == PLAIN:
        sys.stderr.write(done.stderr)
        sys.exit(f"compare.py: {' '.join(command)} ended with exit code {done.returncode}")
    lines = [line for line in done.stderr.splitlines() if line.strip()]
    errors = [line for line in lines if "Error" in line] or lines or ["no word"]
    return {"failed": errors[0].strip()[:200], "exit_code": done.returncode}


def spread(values, digits):
    return (
        f"{statistics.median(values):.{digits}f} ({min(values):.{digits}f}–{max(values):.{digits}f})"
    )


def name_of(case):
    network, batch, members, threads, evaluation = case
    name = f"{network}, batch {batch}, members {members}, threads each {threads}"
    return name + ", evaluation" * evaluation


def runs_of(records, case, name):
    """The runs that ended well."""
    keys = sorted((key for key in records if key[1:] == (case, name)), key=lambda key: key[0])
    return [records[key] for key in keys if "failed" not in records[key]]


def peak(runs):
    peaks = [record["peak_rss_mb"] for record in runs if record["peak_rss_mb"]]
    return f"{statistics.median(peaks):.0f}" if peaks else "–"


def speeds(runs):
    return [record["images_per_second"] for record in runs]


def table(cases, records):
    lines = [
        "| case | PyTorch images/s | Model Zoo images/s | ratio | PyTorch MB | Model Zoo MB |",
        "|---|---|---|---|---|---|",
    ]
    for case in cases:
        ours, theirs = runs_of(records, case, None), runs_of(records, case, PLAIN)
        ratios = [one / other for one, other in zip(speeds(ours), speeds(theirs))]
        lines.append(
            f"| {name_of(case)} | {spread(speeds(theirs), 1)} | {spread(speeds(ours), 1)} "
            f"| {spread(ratios, 2)} | {peak(theirs)} | {peak(ours)} |"
        )
    return "\n".join(lines)


def table_of_settings(records, chosen):
    """A row for each of PyTorch's settings; the ratio is Model Zoo's speed over that row's."""
    ours_is = f"Model Zoo, engine {chosen.engine}, {chosen.precision}"
    lines = ["| case | settings | images/s | Model Zoo / this | MB |", "|---|---|---|---|---|"]
    for case in chosen.case:
        ours = runs_of(records, case, None)
        lines.append(
            f"| {name_of(case)} | {ours_is} | {spread(speeds(ours), 1)} | | {peak(ours)} |"
        )
        names = [setting[0] for setting in settings(case, chosen)]
        medians = {
            name: statistics.median(speeds(runs_of(records, case, name)))
            for name in names
            if len(runs_of(records, case, name)) == chosen.runs
        }
        best = max(medians, key=lambda name: medians[name])
        for name in names:
            row = f"| | PyTorch, {name}"
            if name not in medians:
                failed = next(
                    record["failed"]
                    for key, record in records.items()
                    if key[1:] == (case, name) and "failed" in record
                )
                lines.append(f"{row} | failed: {failed.replace('|', ' ')} | | |")
                continue
            theirs = runs_of(records, case, name)
            ratios = [one / other for one, other in zip(speeds(ours), speeds(theirs))]
            row += " **(best)**" * (name == best)
            lines.append(
                f"{row} | {spread(speeds(theirs), 1)} | {spread(ratios, 2)} | {peak(theirs)} |"
            )
    return "\n".join(lines)


def main():
    chosen = options()
    records = {}
    with open(chosen.json, "a", encoding="utf-8") as lines:
        for run in range(chosen.runs):
            for case in chosen.case:
                # Who begins changes, so that neither always runs on the cooler machine.
                order = [*settings(case, chosen), None]
                for setting in reversed(order) if run % 2 else order:
                    program = "modelzoo" if setting is None else "pytorch"
                    name = setting and setting[0]
                    record = measure(case, chosen, setting)
                    records[run, case, name] = record
                    line = {"program": program, "settings": name, "run": run, **record}
                    if "failed" in record:
                        line["case"] = name_of(case)
                    lines.write(json.dumps(line) + "\n")
                    lines.flush()
                    speed = (
                        f"failed: {record['failed']}"
                        if "failed" in record
                        else f"{record['images_per_second']:.1f} images/s"
                    )
                    print(
                        f"run {run + 1} of {chosen.runs}: {program}, {name_of(case)}"
                        f"{', ' + name if name else ''}: {speed}",
                        file=sys.stderr,
                    )
    some = next(record for key, record in records.items() if key[2] is None)
    theirs = next(record for key, record in records.items() if key[2] == PLAIN)
    print(f"{some['processor']}, cores: {some['cores']}; Java {some['java']}, {some['backend']}; "
          f"{theirs['backend']}; runs of each: {chosen.runs}; median (smallest–largest)\n")
    print(table_of_settings(records, chosen) if chosen.best else table(chosen.case, records))


if __name__ == "__main__":
    main()
