"""Runs write.py under each version of Keras that the tests have files of.

    python all_versions.py FOLDER [VERSION...]

Needs Python 3.11 and pip. The environments go into FOLDER, one at a time (1.5 GB), and are removed again. The
archives go to tests/src/test/resources/versions.
"""

import os
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ARCHIVES = os.path.join(HERE, "..", "..", "resources", "versions")

# What each environment starts with, and what it runs one after another: (archive, module, packages).
ENVIRONMENTS = [
    ([f"tensorflow-cpu=={tf}"], [(f"keras-{keras}", "tf.keras", [f"keras=={keras}"])])
    for tf, keras in [("2.12.1", "2.12.0"), ("2.13.1", "2.13.1"), ("2.14.1", "2.14.0"), ("2.15.1", "2.15.0")]
] + [
    (["tensorflow-cpu==2.21.0"], [("tf_keras-2.21.0", "tf_keras", ["tf_keras==2.21.0"])]),
    (["tensorflow-cpu==2.16.2"], [
        (f"keras-{v}", "keras", [f"keras=={v}"])
        for v in ["3.0.5", "3.1.1", "3.2.1", "3.3.3", "3.4.1", "3.5.0", "3.6.0", "3.7.0", "3.8.0", "3.9.2", "3.10.0",
                  "3.11.3", "3.12.4", "3.13.2", "3.14.1", "3.15.1"]
    ]),
]


def main(folder, wanted):
    os.makedirs(ARCHIVES, exist_ok=True)
    python = os.path.join(folder, "environment", "bin", "python")
    for start, runs in ENVIRONMENTS:
        runs = [r for r in runs if not wanted or r[0] in wanted]
        if not runs:
            continue
        subprocess.run([sys.executable, "-m", "venv", "--clear", os.path.join(folder, "environment")], check=True)
        subprocess.run([python, "-m", "pip", "install", "-q", "--no-compile", *start], check=True)
        for name, module, packages in runs:
            print(name, flush=True)
            subprocess.run([python, "-m", "pip", "install", "-q", "--no-compile", *packages], check=True)
            subprocess.run(
                [python, os.path.join(HERE, "write.py"), module, os.path.join(ARCHIVES, name + ".zip")], check=True)
        shutil.rmtree(os.path.join(folder, "environment"))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
