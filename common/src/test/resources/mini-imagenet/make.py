"""Writes the pickles beside it, small ones of the form of mini-ImageNet's, for MiniImageNetSourceTest.

    python3 make.py     with NumPy, protocols 2 to 5
    python2 make.py     protocol 2 of Python 2; without NumPy, which pickles by the names given here

Pixel k of image i of file f has the value 50 f + 7 i + k, modulo 256.
"""

import gzip
import os
import pickle
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
CLASSES_OF_FILES = [("train", 3), ("val", 2), ("test", 2)]
IMAGES_PER_CLASS = 5
SIDE = 40


def pixels(file, images, size):
    return bytearray((50 * file + 7 * i + k) % 256 for i in range(images) for k in range(size))


def class_dict(name, classes):
    """Of the training file, the last class first; of the others, images of the classes in turn."""
    if name == "train":
        runs = [range(c * IMAGES_PER_CLASS, (c + 1) * IMAGES_PER_CLASS) for c in range(classes)]
    else:
        runs = [range(c, classes * IMAGES_PER_CLASS, classes) for c in range(classes)]
    return {"%s-%d" % (name, c): list(runs[c]) for c in reversed(range(classes))}


def write(directory, name, content, protocol):
    target = os.path.join(HERE, directory)
    if not os.path.isdir(target):
        os.makedirs(target)
    with open(os.path.join(target, "mini-imagenet-cache-%s.pkl.gz" % name), "wb") as file:
        with gzip.GzipFile(fileobj=file, mode="wb", mtime=0, filename="") as packed:
            packed.write(dumps(content, protocol))


def write_all(directory, array, protocol):
    for file, (name, classes) in enumerate(CLASSES_OF_FILES):
        images = classes * IMAGES_PER_CLASS
        values = array(pixels(file, images, SIDE * SIDE * 3), (images, SIDE, SIDE, 3))
        content = {"image_data": values, "class_dict": class_dict(name, classes)}
        write(directory, name, content, protocol)


if sys.version_info[0] == 2:
    import cPickle
    import types

    def dumps(content, protocol):
        return cPickle.dumps(content, protocol)

    def module(name, **members):
        made = sys.modules[name] = types.ModuleType(name)
        for key, value in members.items():
            value.__module__ = name
            setattr(made, key, value)

    def _reconstruct(*arguments):
        pass

    class dtype(object):
        def __init__(self, *arguments):
            pass

        def __reduce__(self):
            return dtype, ("u1", 0, 1), (3, "|", None, None, None, -1, -1, 0)

    class ndarray(object):
        def __init__(self, values, shape):
            self.state = (1, shape, dtype(), False, bytes(values))

        def __reduce__(self):
            return _reconstruct, (ndarray, (0,), "b"), self.state

    module("numpy", dtype=dtype, ndarray=ndarray)
    module("numpy.core")
    module("numpy.core.multiarray", _reconstruct=_reconstruct)
    write_all("python2", ndarray, 2)
else:
    import numpy

    def dumps(content, protocol):
        return pickle.dumps(content, protocol)

    def array(values, shape):
        return numpy.frombuffer(values, dtype=numpy.uint8).reshape(shape)

    for protocol in range(2, 6):
        write_all("protocol%d" % protocol, array, protocol)
