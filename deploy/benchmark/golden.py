#!/usr/bin/env python3
"""What PyTorch makes of given weights and batches, for tests to compare with.

Writes training.csv and augmentation.csv into a directory; Model Zoo's own are in
common/src/test/resources/pytorch. Weights and batches come from a generator of integers that both
sides have (Java: SplittableRandom), so the files hold results only. Of each array of results they
hold the norm and eight sums over the array with signs from the same generator: for a difference d
between two arrays, the mean square of the differences of such sums is |d|^2 on average.

PyTorch computes in double precision. --single prints how far its own single precision is from that
after one step, in both of its orders of images.
"""

import argparse
import math
import pathlib
import sys
import zlib

try:
    import numpy
    import torch
    from torch import nn
    from torch.nn import functional
    from torchvision import transforms
except ImportError as error:
    sys.exit(f"golden.py: {error}; run it with a Python that has PyTorch and torchvision")

import pytorch
from pytorch import CHANNELS, CLASSES, HEADS, Block, Member

# Network, side of the images, batch, steps, first batch. The first batch of the first two is the one
# of 300 that keeps farthest from where rounding could switch a rectifier or the largest pixel of a
# window: no such value is nearer than 1.4e-5 to its limit.
CASES = [
    ("wrn-16-4", 16, 4, 20, 207),
    ("small-conv", 32, 8, 20, 86),
    ("wrn-16-4", 32, 16, 1, 1),
]
WRITTEN_STEPS = (1, 5, 20)
RATE = 0.01
SIGNS = 8
IMAGES_STREAM = 1000
LABELS_STREAM = 2000
CROPPED_STREAM = 3000


def integers(stream, count):
    """The first numbers of SplitMix64 (Steele, Lea and Flood, 2014) from this seed."""
    z = numpy.uint64(stream) + numpy.arange(1, count + 1, dtype=numpy.uint64) * numpy.uint64(
        0x9E3779B97F4A7C15
    )
    z = (z ^ (z >> numpy.uint64(30))) * numpy.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> numpy.uint64(27))) * numpy.uint64(0x94D049BB133111EB)
    return z ^ (z >> numpy.uint64(31))


def uniform(stream, count):
    """Multiples of 2^-23 in [-1, 1)."""
    return (integers(stream, count) >> numpy.uint64(40)).astype(numpy.float64) / 2**23 - 1


def layers(network):
    """Every layer with parameters and its name in Model Zoo."""
    features = list(network.features)
    if isinstance(features[1], Block):
        yield "stem", features[0]
        blocks = [layer for layer in features if isinstance(layer, Block)]
        for index, block in enumerate(blocks):
            name = f"group{index // 2 + 1}-block{index % 2 + 1}"
            for part in ("norm1", "conv1", "norm2", "conv2", "shortcut"):
                if getattr(block, part) is not None:
                    yield f"{name}-{part}", getattr(block, part)
        yield "last-norm", features[1 + len(blocks)]
    else:
        for name, index in (("conv1", 0), ("conv2", 3), ("norm2", 4), ("conv3", 7), ("norm3", 8)):
            yield name, features[index]
    yield "heads", network.heads


def arrays(network):
    """Name in Model Zoo, tensor, and a function that views such a tensor in Model Zoo's order."""
    for name, layer in layers(network):
        if isinstance(layer, nn.BatchNorm2d):
            yield name + "_gamma", layer.weight, torch.Tensor.detach
            yield name + "_beta", layer.bias, torch.Tensor.detach
            yield name + "_mean", layer.running_mean, torch.Tensor.detach
            yield name + "_var", layer.running_var, torch.Tensor.detach
            channels = layer.num_features
        elif isinstance(layer, nn.Conv2d):
            yield name + "_W", layer.weight, convolution_view
        else:
            yield name + "_W", layer.weight, lambda tensor: heads_view(tensor, channels)
            yield name + "_b", layer.bias, torch.Tensor.detach


def convolution_view(weights):
    """[out, in, height, width] as [out, height, width, in]."""
    return weights.detach().permute(0, 2, 3, 1)


def heads_view(weights, channels):
    """[out, in * height * width] as [height, width, in, out]."""
    side = math.isqrt(weights.shape[1] // channels)
    return weights.detach().view(-1, channels, side, side).permute(2, 3, 1, 0)


def start(name, shape, stream):
    """Values that an array starts with, in Model Zoo's order and exact in single precision."""
    drawn = uniform(stream, int(numpy.prod(shape)))
    if name == "heads_W":
        values = drawn / numpy.sqrt(numpy.prod(shape[:-1]))
    elif name.endswith("_W"):
        values = drawn * numpy.sqrt(6 / (shape[0] * shape[1] * shape[2]))
    else:
        values = drawn / 2 + (1 if name.endswith(("_gamma", "_var")) else 0)
    return torch.from_numpy(values.astype(numpy.float32).reshape(shape))


def fill(network):
    for stream, (name, tensor, ours) in enumerate(arrays(network)):
        view = ours(tensor)
        view.copy_(start(name, tuple(view.shape), stream))


def batch(number, size, side, precision):
    """Images [size, channels, side, side], heads and labels."""
    pixels = 2 * uniform(IMAGES_STREAM + number, size * side * side * CHANNELS)
    images = torch.from_numpy(pixels).view(size, side, side, CHANNELS).permute(0, 3, 1, 2)
    columns = integers(LABELS_STREAM + number, size) % numpy.uint64(HEADS * CLASSES)
    columns = torch.from_numpy(columns.astype(numpy.int64))
    return images.contiguous().to(precision), columns // CLASSES, columns % CLASSES


def training(case, precision=torch.float64, channels_last=False):
    """Trains as members are trained; yields step, what, array and values of what is written."""
    name, side, size, steps, first = case
    network = Member(name)
    fill(network)
    if channels_last:
        network = network.to(memory_format=torch.channels_last)
    network = network.to(precision).train()
    sgd = torch.optim.SGD(
        network.parameters(), lr=RATE, momentum=0.9, nesterov=True, weight_decay=1e-5
    )
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(sgd, steps)
    for step in range(1, steps + 1):
        images, heads, labels = batch(first + step - 1, size, side, precision)
        if channels_last:
            images = images.contiguous(memory_format=torch.channels_last)
        yield step, "rate", "", sgd.param_groups[0]["lr"]
        loss = functional.cross_entropy(network(images)[torch.arange(size), heads], labels)
        yield step, "loss", "", loss.item()
        sgd.zero_grad()
        loss.backward()
        sgd.step()
        schedule.step()
        if step in WRITTEN_STEPS:
            for array, tensor, ours in arrays(network):
                if tensor.requires_grad:
                    momentum = sgd.state[tensor]["momentum_buffer"]
                    kinds = {"parameter": tensor, "gradient": tensor.grad, "momentum": momentum}
                else:
                    kinds = {"statistic": tensor}
                for what, values in kinds.items():
                    yield step, what, array, ours(values.contiguous()).double().numpy().flatten()


def sketch(values):
    """Norm, and sums with signs."""
    bits = integers(0, values.size)
    signs = [1 - 2.0 * ((bits >> numpy.uint64(k)) & numpy.uint64(1)) for k in range(SIGNS)]
    return [numpy.linalg.norm(values)] + [float(numpy.dot(sign, values)) for sign in signs]


def write_training(file):
    with open(file, "w", encoding="utf-8") as lines:
        print("network,side,batch,first,step,what,array,values", file=lines)
        for case in CASES:
            for step, what, array, values in training(case):
                numbers = [values] if array == "" else sketch(values)
                written = " ".join(f"{number:.9g}" for number in numbers)
                name, side, size, _, first = case
                print(name, side, size, first, step, what, array, written, sep=",", file=lines)


def write_augmentation(file):
    """Normalised values of all bytes; CRC-32 of an image's bytes after each crop and flip."""
    side = 32
    drawn = (integers(CROPPED_STREAM, side * side * CHANNELS) >> numpy.uint64(40)) % numpy.uint64(256)
    image = transforms.ToPILImage()(drawn.astype(numpy.uint8).reshape(side, side, CHANNELS))
    ramp = numpy.arange(256, dtype=numpy.uint8).reshape(16, 16, 1)
    to_input = transforms.Compose([transforms.ToTensor(), transforms.Normalize(0.5, 0.25)])
    with open(file, "w", encoding="utf-8") as lines:
        print("what,top,left,mirrored,value", file=lines)
        for byte, value in enumerate(to_input(ramp).flatten().tolist()):
            print("byte", byte, "", "", f"{value:.9g}", sep=",", file=lines)
        for mirrored in (0, 1):
            for top in range(9):
                for left in range(9):
                    crop = transforms.RandomCrop(side, padding=4)
                    crop.get_params = lambda *_, at=(top, left): (*at, side, side)
                    flip = transforms.RandomHorizontalFlip(mirrored)
                    made = numpy.asarray(flip(crop(image)))
                    print("crop", top, left, mirrored, zlib.crc32(made.tobytes()), sep=",", file=lines)


def print_single():
    """Relative differences of PyTorch's single precision after one step, largest of all arrays."""
    for case in CASES:
        truth = [entry[1:] for entry in training(case) if entry[0] == 1]
        for channels_last in (False, True):
            single = training(case, torch.float32, channels_last)
            worst = {}
            for (what, _, wanted), (step, _, _, values) in zip(truth, single):
                difference = numpy.linalg.norm(values - wanted) / numpy.linalg.norm(wanted)
                worst[what] = max(worst.get(what, 0), difference)
            order = "NHWC" if channels_last else "NCHW"
            print(*case[:3], order, *(f"{what} {worst[what]:.1e}" for what in worst))


def main():
    pytorch.DROPOUT = 0
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("directory", type=pathlib.Path, help="gets the two files")
    parser.add_argument("--single", action="store_true", help="print single precision's differences")
    chosen = parser.parse_args()
    chosen.directory.mkdir(parents=True, exist_ok=True)
    write_training(chosen.directory / "training.csv")
    write_augmentation(chosen.directory / "augmentation.csv")
    if chosen.single:
        print_single()


if __name__ == "__main__":
    main()
