"""Reads a log directory as TensorBoard's tabs do and compares it with what EventsMain says it wrote.

  read_events.py DIRECTORY EXPECTED.json
"""

import json
import sys

import numpy as np
from tensorboard import context
from tensorboard.backend.event_processing import data_provider, plugin_event_multiplexer
from tensorboard.plugins.graph import graphs_plugin
from tensorboard.plugins.base_plugin import TBContext
from tensorboard.compat.proto import graph_pb2
from google.protobuf import text_format

directory, expected_file = sys.argv[1:]
with open(expected_file, encoding="utf-8") as f:
    expected = json.load(f)

multiplexer = plugin_event_multiplexer.EventMultiplexer(tensor_size_guidance={"scalars": 0, "histograms": 0})
multiplexer.AddRunsFromDirectory(directory)
multiplexer.Reload()
provider = data_provider.MultiplexerDataProvider(multiplexer, directory)
ctx = context.RequestContext()
compared = 0


def same(what, found, wanted):
    global compared
    compared += 1
    if found != wanted:
        sys.exit(f"{what}: expected {wanted}, found {found}")


def by_step(read, plugin, run):
    """What a tab gets: for each tag the values by step."""
    series = read(ctx, experiment_id="", plugin_name=plugin, downsample=1000).get(run, {})
    return {tag: {d.step: d for d in data} for tag, data in series.items()}


runs = sorted(r.run_name for r in provider.list_runs(ctx, experiment_id=""))
same("runs", runs, ["train", "validation"])
for run in runs:
    found = by_step(provider.read_scalars, "scalars", run)
    speeds = {tag: found.pop(tag) for tag in expected["speeds"] if run == "train"}
    for tag, steps in speeds.items():
        same(f"number of {tag}", len(steps), expected["speeds"][tag])
        same(f"{tag} above 0", all(d.value > 0 for d in steps.values()), True)
    same(
        f"scalars of {run}",
        {tag: {step: d.value for step, d in steps.items()} for tag, steps in found.items()},
        {tag: {int(s): float(np.float32(v)) for s, v in steps.items()} for tag, steps in expected[run].items()},
    )

histograms = by_step(provider.read_tensors, "histograms", "train")
same("tags of histograms", sorted(histograms), sorted(expected["histograms"]))
for tag, steps in expected["histograms"].items():
    same(f"steps of {tag}", sorted(histograms[tag]), sorted(map(int, steps)))
    for step, (least, largest, count) in steps.items():
        left, right, counts = histograms[tag][int(step)].numpy.T
        same(f"range and count of {tag}", [left[0], right[-1], counts.sum()], [least, largest, count])
        same(f"edges of {tag} join", np.array_equal(left[1:], right[:-1]) or least == largest, True)

graphs = graphs_plugin.GraphsPlugin(TBContext(logdir=directory, data_provider=provider))
for tag, wanted in ((None, expected["nodes"]), ("keras", expected["layers"])):
    text, _ = graphs.graph_impl(ctx, "train", tag, is_conceptual=tag is not None, experiment="")
    graph = text_format.Parse(text, graph_pb2.GraphDef())
    names = {node.name for node in graph.node} | {node.name.rsplit("/", 1)[-1] for node in graph.node}
    same(f"nodes of graph {tag}", sorted(set(wanted) - names), [])

print(f"{directory}: {compared} comparisons passed")
