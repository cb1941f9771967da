"""All public classes of Keras, and its activations, operations and networks."""

import inspect
import re

from common import write  # first: it sets the environment

import keras

# The areas, and whether functions count in them.
AREAS = {
    "layers": False,
    "activations": True,
    "losses": False,
    "metrics": False,
    "optimizers": False,
    "optimizers.schedules": False,
    "initializers": False,
    "regularizers": False,
    "constraints": False,
    "callbacks": False,
    "applications": True,
    "ops": True,
    "ops.image": True,
    "models": False,
    "dtype_policies": False,
    "random": True,
    "utils": False,
    "saving": False,
    "export": False,
    "quantizers": False,
    "distribution": False,
    "wrappers": False,
}


# Operations that call another one.
ANOTHER = {"abs": "Absolute", "conj": "Conjugate"}


def operation(function):
    """The class of the node that an operation leaves in a model: its module and name."""
    name = function.__name__
    classes = vars(inspect.getmodule(function))
    found = re.search(r"(\w+)\((?:[^()]|\([^()]*\))*\)\s*\.symbolic_call", inspect.getsource(function))
    by_name = ANOTHER.get(name, "".join(w[:1].upper() + w[1:] for w in name.split("_")))
    cls = (found and classes.get(found.group(1))) or classes.get(by_name)
    return [cls.__module__, cls.__name__] if inspect.isclass(cls) else None


def entry(area, name, names, thing):
    found = {"area": area, "name": name}
    if len(names) > 1:
        found["aliases"] = [n for n in names if n != name]
    if area.startswith("ops") and operation(thing):
        found["operation"] = operation(thing)
    return found


def api():
    entries = []
    for area, functions in AREAS.items():
        module = keras
        for part in area.split("."):
            module = getattr(module, part)
        by_identity = {}
        for name, thing in sorted(vars(module).items()):
            public = not name.startswith("_") and not (not area.startswith("ops") and name in ("get", "serialize", "deserialize"))
            if public and (inspect.isclass(thing) or (functions and callable(thing))):
                by_identity.setdefault(id(thing), (thing, []))[1].append(name)
        for thing, names in by_identity.values():
            own = getattr(thing, "__name__", names[0])
            entries.append(entry(area, own if own in names else names[0], names, thing))
    write("api", {"api": sorted(entries, key=lambda e: (list(AREAS).index(e["area"]), e["name"].lower(), e["name"]))})
