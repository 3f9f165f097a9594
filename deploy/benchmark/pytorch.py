#!/usr/bin/env python3
"""Training and inference speed of the same networks in PyTorch, on processors and cards.

The counterpart of `deploy/modelzoo benchmark`: the same shapes (3x32x32 images, five heads of five
classes), the same cases, the same JSON fields. Several members are several processes that measure
in one common window of time. The networks are written from their description; nothing is tuned
beyond what PyTorch does by itself and the options ask for.

A training step is forward with heads and loss, backward, and the SGD update, on a batch that lies
ready in the processor's memory; on a card 20 steps are waited for together. Phases are told apart
on processors, of networks that are not compiled. Model Zoo's forward_ms ends before the heads, which it counts as backward.
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
STEPS_ON_CARDS = 20
HALVES = {"bfloat16": torch.bfloat16, "float16": torch.float16}
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


def on_card(case):
    return case["device"] != "cpu"


def autocast(case):
    half = HALVES.get(case["precision"])
    return torch.autocast(case["device"].split(":")[0], half, enabled=half is not None)


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
        batch = (images, heads, labels)
        made.append([part.pin_memory() for part in batch] if on_card(case) else batch)
    return made


class Training:
    """Steps of SGD with Nesterov momentum and weight decay, as members are trained."""

    def __init__(self, network, case):
        self.case = case
        self.network = network.train()
        self.batches = batches(case)
        self.rows = torch.arange(case["batch"], device=case["device"])
        self.sgd = torch.optim.SGD(
            network.parameters(),
            lr=0.01,
            momentum=0.9,
            nesterov=True,
            weight_decay=1e-5,
            fused=case["fused"] or None,
        )
        scales = case["precision"] == "float16"
        self.scaler = torch.amp.GradScaler(case["device"].split(":")[0], enabled=scales)
        self.steps = 0
        self.graph = self.captured() if case["cuda_graph"] else None

    def next_batch(self):
        self.steps += 1
        return self.batches[self.steps % len(self.batches)]

    def step(self, images, heads, labels, clock=lambda: None):
        """One step; the times at which forward and backward ended."""
        with autocast(self.case):
            logits = self.network(images)
            loss = functional.cross_entropy(logits[self.rows, heads].float(), labels)
        forward = clock()
        self.sgd.zero_grad()
        self.scaler.scale(loss).backward()
        backward = clock()
        self.scaler.step(self.sgd)
        self.scaler.update()
        return loss, forward, backward

    def captured(self):
        """The whole step as a CUDA graph, replayed on the same arrays."""
        self.arrays = [part.to(self.case["device"]) for part in self.next_batch()]
        aside = torch.cuda.Stream()
        aside.wait_stream(torch.cuda.current_stream())
        with torch.cuda.stream(aside):
            for _ in range(LEAST_WARM_UP):
                self.step(*self.arrays)
        torch.cuda.current_stream().wait_stream(aside)
        graph = torch.cuda.CUDAGraph()
        with torch.cuda.graph(graph):
            self.step(*self.arrays)
        return graph

    def step_on_card(self):
        batch = self.next_batch()
        if self.graph is None:
            device = self.case["device"]
            self.step(*(part.to(device, non_blocking=True) for part in batch))
        else:
            for array, part in zip(self.arrays, batch):
                array.copy_(part, non_blocking=True)
            self.graph.replay()

    def measure(self):
        """Seconds of a step: all of it, forward, backward, update."""
        if on_card(self.case):
            return on_a_card(self.step_on_card)
        begin = time.perf_counter()
        loss, forward, backward = self.step(*self.next_batch(), clock=time.perf_counter)
        loss.item()
        end = time.perf_counter()
        if self.case["compile"]:
            return end - begin, None, None, None
        return end - begin, forward - begin, backward - forward, end - backward


def on_a_card(step):
    begin = time.perf_counter()
    for _ in range(STEPS_ON_CARDS):
        step()
    torch.cuda.synchronize()
    return (time.perf_counter() - begin) / STEPS_ON_CARDS, None, None, None


class Evaluation:
    """Probabilities of one head."""

    def __init__(self, network, case):
        self.case = case
        self.network = network.eval()
        self.batches = batches(case)
        self.steps = 0

    def step(self):
        images = self.batches[self.steps % len(self.batches)][0]
        self.steps += 1
        with torch.inference_mode(), autocast(self.case):
            images = images.to(self.case["device"], non_blocking=True)
            return functional.softmax(self.network(images)[:, 0].float(), 1).cpu()

    def measure(self):
        begin = time.perf_counter()
        self.step()
        taken = time.perf_counter() - begin
        return taken, taken, None, None


def member(case, number, warm, end, unsatisfied, results):
    """One member, in a process of its own: warms up, waits for the others, measures."""
    torch.set_num_threads(case["threads"])
    torch.manual_seed(number)
    if on_card(case):
        torch.cuda.set_device(case["device"] if ":" in case["device"] else 0)
        torch.backends.cudnn.benchmark = True
        torch.backends.cuda.matmul.allow_tf32 = case["precision"] == "tensor-float32"
        torch.backends.cudnn.allow_tf32 = case["precision"] == "tensor-float32"
    network = Member(case["network"]).to(case["device"])
    if case["channels_last"]:
        network = network.to(memory_format=torch.channels_last)
    if case["compile"]:
        network = torch.compile(network)
    work = (Evaluation if case["evaluation"] else Training)(network, case)
    patience = time.monotonic() + WARM_UP_SECONDS
    steps = 0
    while steps < LEAST_WARM_UP or steps < MOST_WARM_UP and time.monotonic() < patience:
        work.measure()
        steps += 1
    warm.wait()
    with end.get_lock():
        end.value = end.value or time.monotonic() + case["seconds"]

    def is_open():
        return time.monotonic() < end.value or unsatisfied.value > 0

    times = []
    while is_open():
        taken = work.measure()
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


def phase(steps, number):
    """Median of a phase; None where it isn't known."""
    known = [taken[number] for taken in steps if taken[number] is not None]
    return quantile(known, 0.5) if known else None


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
    totals = [taken[0] for taken in steps]
    peaks = [peak for _, peak in members]
    speed = sum(
        1e3 * case["batch"] / quantile([taken[0] for taken in times], 0.5)
        for times, _ in members
    )
    return {
        "format_version": 1,
        "kind": "evaluation" if case["evaluation"] else "training",
        "network": case["network"],
        "batch": case["batch"],
        "members": case["members"],
        "threads": case["threads"],
        "engine": "pytorch",
        "precision": case["precision"],
        "device": case["device"],
        "images_per_second": speed,
        "step_ms_median": quantile(totals, 0.5),
        "step_ms_p10": quantile(totals, 0.1),
        "step_ms_p90": quantile(totals, 0.9),
        "forward_ms": phase(steps, 1),
        "backward_ms": phase(steps, 2),
        "update_ms": phase(steps, 3),
        "input_ms": input_ms,
        "steps": len(steps) * (STEPS_ON_CARDS if steps[0][1] is None and on_card(case) else 1),
        "peak_rss_mb": None if None in peaks else sum(peaks),
        "processor": line_of("/proc/cpuinfo", "model name", platform.machine()),
        "cores": len(os.sched_getaffinity(0))
        if hasattr(os, "sched_getaffinity")
        else os.cpu_count(),
        "java": None,
        "backend": ", ".join(
            ["PyTorch " + torch.__version__]
            + [
                name.replace("_", "-")
                for name in ("channels_last", "fused", "compile", "cuda_graph")
                if case[name]
            ]
        ),
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
    parser.add_argument("--device", default="cpu", help="cpu (the default), cuda or cuda:N")
    parser.add_argument(
        "--precision",
        default="float32",
        choices=["float32", "tensor-float32", *HALVES],
        help="the last two by autocast, float16 with scaled losses; default float32",
    )
    parser.add_argument("--fused", action="store_true", help="SGD in one operation")
    parser.add_argument("--compile", action="store_true", help="torch.compile")
    parser.add_argument(
        "--cuda-graph", action="store_true", help="replay the whole training step on a card"
    )
    parser.add_argument("--json", metavar="FILE", help="append a line a case; - for stdout alone")
    chosen = parser.parse_args()
    if not re.fullmatch(r"cpu|cuda(:\d+)?", chosen.device):
        parser.error(f"--device {chosen.device} is none of cpu, cuda, cuda:N")
    if chosen.device != "cpu" and not torch.cuda.is_available():
        parser.error(f"--device {chosen.device}: this PyTorch sees no card")
    if chosen.cuda_graph and (
        chosen.device == "cpu" or chosen.evaluation or chosen.precision == "float16"
    ):
        parser.error("--cuda-graph is for training on a card, and not for float16")
    return chosen


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
                        "device": chosen.device,
                        "precision": chosen.precision,
                        "fused": chosen.fused and not chosen.evaluation,
                        "compile": chosen.compile,
                        "cuda_graph": chosen.cuda_graph,
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
