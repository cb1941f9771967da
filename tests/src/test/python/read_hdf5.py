"""Reads a file with h5py and, its attributes of texts, as Keras does; compares with what Hdf5Main says it wrote.

  read_hdf5.py DIRECTORY EXPECTED.json
"""

import json
import os
import sys

import h5py
import numpy as np

directory, expected_file = sys.argv[1:]
with open(expected_file, encoding="utf-8") as f:
    expected = json.load(f)
compared = 0


def same(what, found, wanted):
    global compared
    compared += 1
    if found != wanted:
        sys.exit(f"{what}: expected {str(wanted)[:300]}, found {str(found)[:300]}")


def elements(dataset, dtype):
    """The stored type's name by NumPy, and the elements in row-major order."""
    if dtype == "string":
        return "string" if h5py.check_string_dtype(dataset.dtype) else dataset.dtype.name, dataset.asstr()[()]
    if dtype == "bfloat16":
        stored = np.asarray(dataset)
        wide = stored.view("<u2").astype("<u4") << 16 if stored.ndim else np.array(int.from_bytes(stored.tobytes(), "little") << 16, "<u4")
        same(f"{dataset.name} is marked", dataset.attrs["dtype"], "bfloat16")
        return "bfloat16" if stored.dtype == np.dtype("V2") else stored.dtype.name, wide.view("<f4")
    return dataset.dtype.name, dataset[()]


def texts(node, name):
    """As Keras reads names of layers and weights."""
    if name in node.attrs:
        return [n.decode("utf8") if hasattr(n, "decode") else n for n in node.attrs[name]]
    found = []
    i = 0
    while f"{name}{i}" in node.attrs:
        found += [n.decode("utf8") for n in node.attrs[f"{name}{i}"]]
        i += 1
    return found if i else None


def parts(names):
    """How many names Keras puts into each attribute: as few equal parts as have 64512 bytes at most."""
    array = np.asarray([n.encode() for n in names])
    count = 1
    while any(x.nbytes > 64512 for x in np.array_split(array, count)):
        count += 1
    return [len(x) for x in np.array_split(array, count)]


path = os.path.join(directory, "all.h5")
same("bytes", os.path.getsize(path), expected["size"])
with h5py.File(path, "r") as f:
    for name, wanted in expected["datasets"].items():
        dtype, found = elements(f[name], wanted["dtype"])
        same(f"type of {name}", dtype, wanted["dtype"])
        same(f"shape of {name}", list(f[name].shape), wanted["shape"])
        same(f"elements of {name}", np.asarray(found).ravel().tolist(), wanted["elements"])
    for a in expected["attributes"]:
        node = f[a["path"]] if a["path"] else f
        where = f"attribute {a['name']} of /{a['path']}"
        if "text" in a:
            same(where, node.attrs[a["name"]], a["text"])
        else:
            same(where, texts(node, a["name"]), a["texts"])
            wanted = parts(a["texts"])
            keys = [a["name"]] if len(wanted) == 1 else [f"{a['name']}{i}" for i in range(len(wanted))]
            same(f"parts of {where}", [len(node.attrs[k]) for k in keys], wanted)
    for name, members in expected["groups"].items():
        same(f"members of {name}", len(f[name]), members)
        same(f"names in {name}", len({type(f[name][k]).__name__ for k in f[name]} - {"Group"}), 0)
    same("value in a group of many", float(f["many/layer_7/vars/0"][()]), 7.0)
    same("all are visited", f.visititems(lambda name, node: None), None)

with h5py.File(path, "r+") as f:  # libhdf5 can also change what we wrote
    f["added/x"] = np.arange(3)
    f["lonely"].attrs["note"] = "x" * 1000
    f["many/new"] = 1.0
with h5py.File(path, "r") as f:
    same("an added dataset", f["added/x"][:].tolist(), [0, 1, 2])
    same("an added attribute", f["lonely"].attrs["note"], "x" * 1000)
    same("members after adding", len(f["many"]), expected["groups"]["many"] + 1)

print(f"{directory}: {compared} comparisons passed")
