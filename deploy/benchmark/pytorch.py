#!/usr/bin/env python3
"""Training and inference speed of the same networks in plain PyTorch, on the CPU.

The counterpart of `deploy/modelzoo benchmark`: the same shapes (3x32x32 images, five heads of five
classes), the same cases, the same JSON fields. Several members are several processes that measure
in one common window of time. The networks are written from their description; nothing is tuned
beyond what PyTorch does by itself and --channels-last.

A training step is forward with heads and loss, backward, and the SGD update, on a batch that lies
ready in tensors. Model Zoo's forward_ms ends before the heads, which it counts as backward.
"""

import argparse
import json
import os
import platform
import re
import sys
import time

try:
    import torch
    import torch.multiprocessing as processes
    from torch import nn
    from torch.nn import functional
except ImportError:
    sys.exit("pytorch.py: this Python has no PyTorch; run it with one that has")

HEADS = 5
CLASSES = 5
SIDE = 32
CHANNELS = 3
DROPOUT = 0.2
LEAST_WARM_UP = 3
MOST_WARM_UP = 50
WARM_UP_SECONDS = 3
LEAST_STEPS = 3
IMAGES = 1000
INPUT_SECONDS = 1


class Block(nn.Module):
    """Pre-activation basic block: BN-ReLU-conv-BN-ReLU-dropout-conv, and a shortcut."""

    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.norm1 = nn.BatchNorm2d(inputs)
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.norm2 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.shortcut = None
        if inputs != outputs:
            self.shortcut = nn.Conv2d(inputs, outputs, 1, stride, bias=False)

    def forward(self, images):
        activated = functional.relu(self.norm1(images))
        hidden = functional.relu(self.norm2(self.conv1(activated)))
        hidden = self.conv2(functional.dropout(hidden, DROPOUT, self.training))
        return hidden + (images if self.shortcut is None else self.shortcut(activated))


def wide_resnet(depth, width):
    """Stem of 16 channels, three groups of (depth - 4) / 6 blocks, average over each image."""
    layers = [nn.Conv2d(CHANNELS, 16, 3, 1, 1, bias=False)]
    inputs = 16
    for group in range(3):
        outputs = (16 << group) * width
        for block in range((depth - 4) // 6):
            layers.append(Block(inputs, outputs, 2 if group > 0 and block == 0 else 1))
            inputs = outputs
    layers += [nn.BatchNorm2d(inputs), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten()]
    network = nn.Sequential(*layers)
    for layer in network.modules():
        if isinstance(layer, nn.Conv2d):
            nn.init.kaiming_normal_(layer.weight, mode="fan_out", nonlinearity="relu")
    return network, inputs


def small_conv():
    """Three convolutions of 80 channels without padding, pooled; the last two normalised."""
    layers = []
    for stage in range(3):
        layers.append(nn.Conv2d(CHANNELS if stage == 0 else 80, 80, 3, bias=False))
        if stage > 0:
            layers.append(nn.BatchNorm2d(80))
        layers += [nn.ReLU(), nn.MaxPool2d(2)]
    return nn.Sequential(*layers, nn.Flatten()), 320


class Member(nn.Module):
    """A network with a linear head for each task, side by side."""

    def __init__(self, name):
        super().__init__()
        wide = re.fullmatch(r"wrn-(\d+)-(\d+)", name)
        if wide and int(wide[1]) % 6 == 4 and int(wide[1]) >= 10:
            self.features, size = wide_resnet(int(wide[1]), int(wide[2]))
        elif name == "small-conv":
            self.features, size = small_conv()
        else:
            sys.exit(f"pytorch.py: network {name} is not known; try small-conv or wrn-16-4")
        self.heads = nn.Linear(size, HEADS * CLASSES)

    def forward(self, images):
        return self.heads(self.features(images)).view(-1, HEADS, CLASSES)


def batches(case):
    """Batches that lie ready, of random pixels."""
    generator = torch.Generator().manual_seed(1)
    made = []
    for _ in range(max(2, IMAGES // case["batch"])):
        images = torch.randn(case["batch"], CHANNELS, SIDE, SIDE, generator=generator)
        if case["channels_last"]:
            images = images.contiguous(memory_format=torch.channels_last)
        heads = torch.randint(HEADS, (case["batch"],), generator=generator)
        labels = torch.randint(CLASSES, (case["batch"],), generator=generator)
        made.append((images, heads, labels))
    return made


class Training:
    """Steps of SGD with Nesterov momentum and weight decay, as members are trained."""

    def __init__(self, network, case):
        self.network = network.train()
        self.batches = batches(case)
        self.rows = torch.arange(case["batch"])
        self.sgd = torch.optim.SGD(
            network.parameters(), lr=0.01, momentum=0.9, nesterov=True, weight_decay=1e-5
        )
        self.steps = 0

    def step(self):
        images, heads, labels = self.batches[self.steps % len(self.batches)]
        self.steps += 1
        begin = time.perf_counter()
        logits = self.network(images)
        loss = functional.cross_entropy(logits[self.rows, heads], labels)
        forward = time.perf_counter()
        self.sgd.zero_grad()
        loss.backward()
        backward = time.perf_counter()
        self.sgd.step()
        loss.item()
        return forward - begin, backward - forward, time.perf_counter() - backward


class Evaluation:
    """Probabilities of one head."""

    def __init__(self, network, case):
        self.network = network.eval()
        self.batches = batches(case)
        self.steps = 0

    def step(self):
        images = self.batches[self.steps % len(self.batches)][0]
        self.steps += 1
        begin = time.perf_counter()
        with torch.inference_mode():
            functional.softmax(self.network(images)[:, 0], 1)
        return time.perf_counter() - begin, 0, 0


def member(case, number, warm, end, unsatisfied, results):
    """One member, in a process of its own: warms up, waits for the others, measures."""
    torch.set_num_threads(case["threads"])
    torch.manual_seed(number)
    network = Member(case["network"])
    if case["channels_last"]:
        network = network.to(memory_format=torch.channels_last)
    work = (Evaluation if case["evaluation"] else Training)(network, case)
    patience = time.monotonic() + WARM_UP_SECONDS
    steps = 0
    while steps < LEAST_WARM_UP or steps < MOST_WARM_UP and time.monotonic() < patience:
        work.step()
        steps += 1
    warm.wait()
    with end.get_lock():
        end.value = end.value or time.monotonic() + case["seconds"]

    def is_open():
        return time.monotonic() < end.value or unsatisfied.value > 0

    times = []
    while is_open():
        taken = work.step()
        if is_open():
            times.append(taken)
            if len(times) == LEAST_STEPS:
                with unsatisfied.get_lock():
                    unsatisfied.value -= 1
    results.put((times, peak_megabytes()))


def input_milliseconds(case):
    """One thread's work to augment, normalise and stack a batch; to normalise it for evaluation."""
    torch.set_num_threads(1)
    generator = torch.Generator().manual_seed(1)
    pixels = torch.randint(
        256, (IMAGES, CHANNELS, SIDE, SIDE), dtype=torch.uint8, generator=generator
    )
    padded = functional.pad(pixels, (4, 4, 4, 4))
    times = []
    end = time.monotonic() + INPUT_SECONDS
    while len(times) < 3 or time.monotonic() < end:
        begin = time.perf_counter()
        chosen = torch.randint(IMAGES, (case["batch"],), generator=generator)
        if case["evaluation"]:
            images = pixels[chosen]
        else:
            made = []
            draws = torch.randint(9, (case["batch"], 3), generator=generator).tolist()
            for image, (top, left, flip) in zip(chosen.tolist(), draws):
                crop = padded[image, :, top : top + SIDE, left : left + SIDE]
                made.append(crop.flip(2) if flip % 2 else crop)
            images = torch.stack(made)
        images.float().div_(255).sub_(0.5).div_(0.25)
        times.append(time.perf_counter() - begin)
    return quantile(times, 0.5)


def quantile(seconds, share):
    """In milliseconds, between the neighbours."""
    ordered = sorted(seconds)
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return round(1e3 * (ordered[below] + (place - below) * (ordered[above] - ordered[below])), 3)


def line_of(path, name, otherwise):
    """What stands after the colon in a file of Linux, if there is such a file."""
    try:
        with open(path, encoding="utf-8") as lines:
            for line in lines:
                if line.startswith(name):
                    return line.split(":", 1)[1].strip()
    except OSError:
        pass
    return otherwise


def peak_megabytes():
    text = line_of("/proc/self/status", "VmHWM", None)
    return None if text is None else int(text.split()[0]) * 1024 / 1e6


def measure(case):
    """Runs a case and returns its JSON record."""
    context = processes.get_context("spawn")
    warm = context.Barrier(case["members"])
    end = context.Value("d", 0.0)
    unsatisfied = context.Value("i", case["members"])
    results = context.Queue()
    workers = [
        context.Process(target=member, args=(case, number, warm, end, unsatisfied, results))
        for number in range(case["members"])
    ]
    input_ms = input_milliseconds(case)
    for worker in workers:
        worker.start()
    members = []
    while len(members) < len(workers):
        try:
            members.append(results.get(timeout=1))
        except Exception as error:  # queue.Empty: nobody is ready yet, or somebody died.
            if any(worker.exitcode for worker in workers):
                for worker in workers:
                    worker.terminate()
                raise SystemExit("pytorch.py: a member failed, see above") from error
    for worker in workers:
        worker.join()
    steps = [taken for times, _ in members for taken in times]
    totals = [sum(taken) for taken in steps]
    peaks = [peak for _, peak in members]
    speed = sum(
        1e3 * case["batch"] / quantile([sum(taken) for taken in times], 0.5)
        for times, _ in members
    )
    return {
        "format_version": 1,
        "kind": "evaluation" if case["evaluation"] else "training",
        "network": case["network"],
        "batch": case["batch"],
        "members": case["members"],
        "threads": case["threads"],
        "images_per_second": speed,
        "step_ms_median": quantile(totals, 0.5),
        "step_ms_p10": quantile(totals, 0.1),
        "step_ms_p90": quantile(totals, 0.9),
        "forward_ms": quantile([taken[0] for taken in steps], 0.5),
        "backward_ms": None if case["evaluation"] else quantile([t[1] for t in steps], 0.5),
        "update_ms": None if case["evaluation"] else quantile([t[2] for t in steps], 0.5),
        "input_ms": input_ms,
        "steps": len(steps),
        "peak_rss_mb": None if None in peaks else sum(peaks),
        "processor": line_of("/proc/cpuinfo", "model name", platform.machine()),
        "cores": len(os.sched_getaffinity(0))
        if hasattr(os, "sched_getaffinity")
        else os.cpu_count(),
        "java": None,
        "backend": "PyTorch " + torch.__version__ + (", channels-last" * case["channels_last"]),
        "version": torch.__version__,
    }


def numbers(text):
    values = [int(word) for word in text.split(",")]
    if min(values) < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return values


def options():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--network", default="wrn-16-4,small-conv", help="separated by commas")
    parser.add_argument(
        "--batch", type=numbers, help="default: 16 for wrn, 32 for small-conv, 64 to evaluate"
    )
    parser.add_argument("--members", type=numbers, default=[1], help="processes at once")
    parser.add_argument("--threads", type=numbers, default=[1], help="of each process")
    parser.add_argument("--seconds", type=int, default=10, help="of measuring, for each case")
    parser.add_argument("--evaluation", action="store_true", help="inference, not training")
    parser.add_argument("--channels-last", action="store_true", help="NHWC instead of NCHW")
    parser.add_argument("--json", metavar="FILE", help="append a line a case; - for stdout alone")
    return parser.parse_args()


def cases(chosen):
    for network in chosen.network.split(","):
        usual = 64 if chosen.evaluation else 16 if network.startswith("wrn-") else 32
        for batch in chosen.batch or [usual]:
            for threads in chosen.threads:
                for members in chosen.members:
                    yield {
                        "network": network,
                        "batch": batch,
                        "members": members,
                        "threads": threads,
                        "seconds": chosen.seconds,
                        "evaluation": chosen.evaluation,
                        "channels_last": chosen.channels_last,
                    }


def show(record, write):
    write(
        "{network:<12} {kind:<10} {batch:>6} {members:>8} {threads:>8} {images_per_second:>9.1f} "
        "{step_ms_median:>9.2f} {step_ms_p10:>9.2f} {step_ms_p90:>9.2f}".format(**record)
    )


def main():
    chosen = options()
    if chosen.json != "-":
        print(
            f"{'network':<12} {'kind':<10} {'batch':>6} {'members':>8} {'threads':>8} "
            f"{'images/s':>9} {'step ms':>9} {'10 %':>9} {'90 %':>9}"
        )
    for case in cases(chosen):
        record = measure(case)
        if chosen.json == "-":
            print(json.dumps(record), flush=True)
            continue
        show(record, print)
        if chosen.json:
            with open(chosen.json, "a", encoding="utf-8") as lines:
                lines.write(json.dumps(record) + "\n")


if __name__ == "__main__":
    main()
