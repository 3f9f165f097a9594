#!/usr/bin/env python3
"""The search of conf/search/small.conf by Ray Tune and PyTorch, for comparing time.

27 random trials of small-conv for up to 18 epochs, ASHA with a grace period of 2 and a reduction
factor of 3, a processor for each trial; the same network, space, batches and schedule. The images
are not the program's own, but as many of the same size, striped at another angle for each class:
values can't be compared, times can.

The same command goes on with a search that was killed. --json - prints one line of JSON.
"""

import argparse
import json
import math
import os
import pathlib
import sys
import tempfile
import time

os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
os.environ["RAY_AIR_NEW_OUTPUT"] = "0"

try:
    import ray
    import torch
    from ray import tune
    from ray.tune.schedulers import ASHAScheduler
    from ray.tune.search.basic_variant import BasicVariantGenerator
    from torch import nn
    from torch.nn import functional
except ImportError as error:
    sys.exit(f"ray_tune.py: {error}; run it with a Python that has ray[tune] and torch")

from pytorch import small_conv

TASKS = 4
CLASSES = 4
TRAIN = 20  # images of a class
HELD_OUT = 5
SIDE = 24
FEATURES = 80  # that small-conv makes of an image of this size
EPOCHS = 18
GRACE = 2
FACTOR = 3
RUNGS = [GRACE * FACTOR**k for k in range(3)]
SPACE = {
    "batch": tune.choice([8, 16, 32, 128]),
    "rate": tune.loguniform(1e-4, 1e-1),
    "decay": tune.loguniform(1e-6, 1e-2),
    "dropout": tune.uniform(0.1, 0.5),  # small-conv has none
}


class Network(nn.Module):
    def __init__(self):
        super().__init__()
        self.features, _ = small_conv()
        self.heads = nn.Linear(FEATURES, TASKS * CLASSES)

    def forward(self, images, tasks):
        logits = self.heads(self.features(images)).view(-1, TASKS, CLASSES)
        return logits[torch.arange(len(images)), tasks]


def made_images(each, seed):
    """Images, tasks and labels: stripes in random colours and noise."""
    generator = torch.Generator().manual_seed(seed)
    classes = torch.arange(TASKS * CLASSES).repeat_interleave(each)
    angle = (classes * math.pi / (TASKS * CLASSES)).view(-1, 1, 1)
    row = torch.arange(SIDE).view(1, SIDE, 1)
    column = torch.arange(SIDE).view(1, 1, SIDE)
    phase = 2 * math.pi * torch.rand(len(classes), 1, 1, generator=generator)
    wave = torch.sin(row * torch.sin(angle) + column * torch.cos(angle) + phase)
    colour = torch.randn(len(classes), 3, 1, 1, generator=generator)
    noise = torch.randn(len(classes), 3, SIDE, SIDE, generator=generator)
    return wave.unsqueeze(1) * colour + noise, classes // CLASSES, classes % CLASSES


def train(values, train_images, held_out):
    """A trial: reports the share of held-out images classified correctly after every epoch."""
    torch.set_num_threads(1)
    torch.manual_seed(1)
    images, tasks, labels = train_images
    network = Network()
    sgd = torch.optim.SGD(
        network.parameters(), values["rate"], 0.9, nesterov=True, weight_decay=values["decay"]
    )
    begin = 0
    kept = tune.get_checkpoint()
    if kept:
        with kept.as_directory() as directory:
            state = torch.load(pathlib.Path(directory) / "state.pt")
        network.load_state_dict(state["network"])
        sgd.load_state_dict(state["sgd"])
        begin = state["epochs"]
    steps = math.ceil(len(images) / values["batch"])
    for epoch in range(begin, EPOCHS):
        network.train()
        for step, chosen in enumerate(torch.randperm(len(images)).split(values["batch"])):
            done = (epoch * steps + step) / (EPOCHS * steps)
            sgd.param_groups[0]["lr"] = values["rate"] * (1 + math.cos(math.pi * done)) / 2
            sgd.zero_grad()
            loss = functional.cross_entropy(network(images[chosen], tasks[chosen]), labels[chosen])
            loss.backward()
            sgd.step()
        network.eval()
        with torch.inference_mode():
            predicted = network(held_out[0], held_out[1]).argmax(1)
        measured = {"accuracy": (predicted == held_out[2]).float().mean().item()}
        if epoch + 1 not in RUNGS:
            tune.report(measured)
            continue
        with tempfile.TemporaryDirectory() as directory:
            state = {
                "network": network.state_dict(), "sgd": sgd.state_dict(), "epochs": epoch + 1
            }
            torch.save(state, pathlib.Path(directory) / "state.pt")
            tune.report(measured, checkpoint=tune.Checkpoint.from_directory(directory))


def tuner(chosen):
    """A new search, or the one that is in the directory."""
    trainable = tune.with_resources(
        tune.with_parameters(
            train, train_images=made_images(TRAIN, 1), held_out=made_images(HELD_OUT, 2)
        ),
        {"cpu": 1},
    )
    directory = chosen.directory.resolve()
    if tune.Tuner.can_restore(str(directory)):
        return tune.Tuner.restore(str(directory), trainable, resume_errored=True)
    return tune.Tuner(
        trainable,
        param_space=SPACE,
        tune_config=tune.TuneConfig(
            metric="accuracy",
            mode="max",
            num_samples=chosen.trials,
            search_alg=BasicVariantGenerator(
                random_state=chosen.seed, max_concurrent=chosen.at_once
            ),
            scheduler=ASHAScheduler(
                max_t=EPOCHS, grace_period=GRACE, reduction_factor=FACTOR, brackets=1
            ),
            reuse_actors=chosen.reuse_actors,
        ),
        run_config=tune.RunConfig(
            name=directory.name, storage_path=str(directory.parent), verbose=0
        ),
    )


def options():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--directory", type=pathlib.Path, default=pathlib.Path("runs/search-ray"))
    parser.add_argument("--trials", type=int, default=27)
    parser.add_argument("--at-once", type=int, default=2, help="trials in training; default 2")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--reuse-actors", action="store_true", help="trials follow each other in one process"
    )
    parser.add_argument("--json", choices=["-"], help="a line of JSON instead of words")
    return parser.parse_args()


def main():
    chosen = options()
    begin = time.monotonic()
    ray.init(num_cpus=chosen.at_once, include_dashboard=False, log_to_driver=False)
    results = tuner(chosen).fit()
    best = results.get_best_result("accuracy", "max")
    record = {
        "seconds": round(time.monotonic() - begin, 1),
        "trials": len(results),
        "epochs": sum(result.metrics["training_iteration"] for result in results),
        "trained_epochs": sum(
            len((pathlib.Path(result.path) / "result.json").read_text().splitlines())
            for result in results
        ),
        "best": round(best.metrics["accuracy"], 4),
        "ray": ray.__version__,
        "torch": torch.__version__,
    }
    if chosen.json:
        print(json.dumps(record))
    else:
        print(
            "{trials} trials, {epochs} epochs, {seconds} s, best accuracy {best}".format(**record)
        )


if __name__ == "__main__":
    main()
