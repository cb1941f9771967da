"""The names by which losses and metrics can be given as text."""

from common import write  # first: it sets the environment

from keras.src import losses, metrics


def names(module, base):
    """Names that give an object, and those whose classes need arguments."""
    found, more = [], []
    for name in sorted(module.ALL_OBJECTS_DICT):
        if name.replace("_", "").lower() in (base, "lossfunctionwrapper", "meanmetricwrapper"):
            continue
        try:
            module.get(name)
            found.append(name)
        except TypeError:
            more.append(name)
    return {"found": found, "more": more}


def names_section():
    write("names", {"losses": names(losses, "loss"), "metrics": names(metrics, "metric")})
