"""Writes the HDF5 files that the tests of savedmodel's hdf5 package read, packed by gzip.

  hdf5_fixtures.py DIRECTORY        (savedmodel/src/test/resources/hdf5)

Every dataset NAME holds what expected(shape, type) returns; the tests compute the same.
"""

import contextlib
import gzip
import os
import sys
import tempfile

import h5py
import numpy as np

directory = sys.argv[1]
TYPES = {
    "float16": "<f2",
    "float32": "<f4",
    "float64": "<f8",
    "int8": "i1",
    "int16": "<i2",
    "int32": "<i4",
    "int64": "<i8",
    "uint8": "u1",
    "uint16": "<u2",
    "uint32": "<u4",
    "bool": "?",
}
SHAPES = {"scalar": (), "vector": (5,), "matrix": (3, 4), "empty": (0, 4)}


def values(shape, dtype):
    """0, 1, 2 ... or false, true, false ... in row-major order."""
    n = int(np.prod(shape))
    return (np.arange(n) % 2 == 1 if dtype == "?" else np.arange(n) % 100).astype(dtype).reshape(shape)


@contextlib.contextmanager
def new(name, **options):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, name + ".h5")
        with h5py.File(path, "w", **options) as f:
            yield f
        with open(path, "rb") as f:
            packed = gzip.compress(f.read(), 9, mtime=0)
    with open(os.path.join(directory, name + ".h5.gz"), "wb") as f:
        f.write(packed)


def types(f):
    for name, dtype in TYPES.items():
        for shape_name, shape in SHAPES.items():
            f[f"{name}/{shape_name}"] = values(shape, dtype)
            f[f"big_endian/{name}/{shape_name}"] = values(shape, np.dtype(dtype).newbyteorder(">"))
    for shape_name, shape in SHAPES.items():
        bits = (values(shape, "<f4").view("<u4") >> 16).astype("<u2").view("V2") if shape != (0, 4) else np.zeros(shape, "V2")
        f[f"bfloat16/{shape_name}"] = bits
        f[f"bfloat16/{shape_name}"].attrs["dtype"] = "bfloat16"
    texts = np.array(["", "käse", "\U0001f600", "x" * 300], dtype=object)
    f.create_dataset("text/variable", data=texts, dtype=h5py.string_dtype())
    f["text/fixed"] = np.array([t.encode() for t in texts])
    f["text/scalar"] = "käse"
    f["bounds/int8"] = np.array([-128, 127], "i1")
    f["bounds/int64"] = np.array([-(2**63), 2**63 - 1], "<i8")
    f["bounds/uint8"] = np.array([0, 255], "u1")
    f["bounds/uint16"] = np.array([0, 65535], "<u2")
    f["bounds/uint32"] = np.array([0, 2**32 - 1], "<u4")
    f["bounds/float16"] = np.array([65504, -(2.0**-24), np.inf, np.nan], "<f2")


def attributes(f):
    f.attrs["text"] = "é漢" * 20_000
    f.attrs["empty_text"] = ""
    f.attrs["bytes"] = np.bytes_("fixed")
    f.attrs["one"] = ["single"]
    f.attrs["names"] = [b"dense", b"dense_1"]
    f.attrs["variable_names"] = np.array(["é", "", "b"], dtype=object)
    f.attrs["none"] = []
    f.attrs["nothing"] = h5py.Empty("f")
    f.attrs["number"] = 3.0
    for i, part in enumerate(np.array_split(np.array([b"name_%04d" % i for i in range(5)]), 2)):
        f.attrs[f"split{i}"] = part
    many = f.create_group("many")
    for i in range(30):
        many.attrs[f"a{i}"] = f"value {i}"


def groups(f):
    for i in range(500):
        f.create_group(f"group_{i}")["x"] = np.float32(i)


def chunks(f):
    a = values((50, 30), "<f4")
    for name, options in {
        "plain": {},
        "gzip": {"compression": "gzip"},
        "shuffled": {"compression": "gzip", "shuffle": True},
        "lzf": {"compression": "lzf"},
        "checked": {"fletcher32": True},
        "all": {"compression": "gzip", "shuffle": True, "fletcher32": True},
        "grows": {"maxshape": (None, 30)},
        "grows_across": {"maxshape": (50, None), "compression": "gzip"},
        "grows_both": {"maxshape": (None, None), "compression": "lzf", "shuffle": True},
        "limited": {"maxshape": (60, 64)},
    }.items():
        f.create_dataset(name, data=a, chunks=(16, 7), **options)
    f.create_dataset("one_chunk", data=a, chunks=(50, 30))
    f.create_dataset("one_chunk_gzip", data=a, chunks=(50, 30), compression="gzip")
    f.create_dataset("many", data=values((3000,), "<i2"), chunks=(1,), compression=None)
    f.create_dataset("many_grow", data=values((3000,), "<i2"), chunks=(1,), maxshape=(None,))
    f.create_dataset("text", data=np.array([b"a", b"bc"] * 10), chunks=(7,), compression="gzip")
    sparse = f.create_dataset("sparse", (20,), "<f8", chunks=(5,), fillvalue=7.5)
    sparse[5:10] = np.arange(5)
    f.create_dataset("noise", data=np.random.default_rng(1).standard_normal((64, 8)), chunks=(16, 8), compression="lzf")
    f.create_dataset("noise_plain", data=f["noise"][:])


def small(f):
    """A little of everything; what the tests damage."""
    f.attrs["keras_version"] = "3.15.1"
    f.attrs["layer_names"] = [b"dense", b"dense_1"]
    f["layers/dense/vars/0"] = values((3, 4), "<f4")
    f["layers/dense/vars/1"] = values((4,), "<f4")
    f["layers/dense/vars"].attrs["name"] = "dense"
    f["layers/half/vars/0"] = np.zeros(2, "V2")
    f["layers/half/vars/0"].attrs["dtype"] = "bfloat16"
    f["flag"] = True
    f["text"] = "käse"
    f.create_dataset("packed", data=values((20, 6), "<f8"), chunks=(8, 6), compression="gzip", shuffle=True, fletcher32=True)
    f.create_dataset("grown", data=values((40,), "<i4"), chunks=(4,), maxshape=(None,), compression="lzf")
    f.create_dataset("plain", data=values((20,), "<i4"), chunks=(4,))
    f.create_dataset("tree", data=values((6, 6), "<i4"), chunks=(2, 2), maxshape=(None, None))
    for i in range(12):
        f.create_group(f"group_{i}").attrs["i"] = str(i)


def refused(f):
    f["x"] = values((2,), "<f4")
    f["soft/link"] = h5py.SoftLink("/x")
    f["soft/there"] = values((2,), "<f4")
    f["external/link"] = h5py.ExternalLink("types.h5", "/float32/vector")
    f["twice/a"] = values((2,), "<f4")
    f["twice/b"] = f["twice/a"]
    f["circle/self"] = f.create_group("circle/inner")
    f["circle/inner/back"] = f["circle"]
    f["complex"] = np.zeros(2, "c8")
    f["unsigned"] = np.zeros(2, "<u8")
    f["enumeration"] = np.zeros(2, h5py.enum_dtype({"A": 0, "B": 1, "C": 2}, "i1"))
    f["opaque"] = np.zeros(2, "V3")
    f.create_dataset("nothing", (1 << 40,), "<f4")
    f.create_dataset("nothing_large", (1 << 20,), "<f4")
    f.create_dataset("nothing_in_chunks", (1 << 28,), "<f4", chunks=(1 << 20,))
    f.create_dataset("little_in_chunks", (1 << 28,), "<f4", chunks=(1 << 20,), compression="gzip")[0] = 1
    f.create_dataset("elsewhere", (4,), "<f4", external=[("elsewhere.bin", 0, 16)])
    layout = h5py.VirtualLayout((2,), "<f4")
    layout[:] = h5py.VirtualSource("types.h5", "float32/vector", (2,))
    f.create_virtual_dataset("virtual", layout)
    f["named_type"] = np.dtype("<f4")


os.makedirs(directory, exist_ok=True)
for write in (types, attributes, groups, chunks, small):
    for suffix, options in (("", {}), ("_latest", {"libver": "latest"})):
        with new(write.__name__ + suffix, **options) as f:
            write(f)
with new("refused") as f:
    refused(f)
if os.path.exists("elsewhere.bin"):
    os.remove("elsewhere.bin")
with new("deep") as f:
    f["/".join(["d"] * 80)] = np.float32(1)
with new("wide_heap", libver="latest") as f:
    f.attrs["large"] = "x" * 70_000
    f.attrs.create("large_fixed", np.bytes_("y" * 70_000))
    for i in range(1000):
        f.create_group(f"a_rather_long_name_of_a_group_{i}")
