"""Models in files, both ways between Keras and Ibex; the counterpart of KerasFilesMain.

  two_way write INTO         writes models for Ibex to read
  two_way judge OWN THEIRS   reads what Ibex wrote, and compares the JSON of both where they wrote the same model

A folder for each kind of model holds the model in each format and facts.json: what it was given, and what it does.
A line for each failure; the exit code is 1 if there is one.
"""

import os
import sys
from pathlib import Path

os.environ["CUDA_VISIBLE_DEVICES"] = "-1"
os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import tensorflow as tf  # noqa: E402

tf.config.experimental.enable_op_determinism()  # also keeps Keras from XLA, which takes seconds to compile a model

import judge  # noqa: E402
import writer  # noqa: E402

if sys.argv[1] == "write":
    failed = writer.write_all(Path(sys.argv[2]))
else:
    failed = judge.judge_all(Path(sys.argv[2]), Path(sys.argv[3]))
sys.exit(1 if failed else 0)
