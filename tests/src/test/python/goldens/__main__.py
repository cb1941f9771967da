"""Writes the golden values that the tests compare against: what real Keras computes.

Run:  pip install keras==3.15.1 tensorflow-cpu==2.21.0 && python goldens [section ...]

With no argument every file of ../../resources/golden/keras-<version>/ is written anew; with section
names (e.g. "layers fit") only those.  Everything is seeded per case, so a new case changes no other.

Format.  An array is {"shape": [...], "dtype": "...", "data": [flat, row major]}.  A number is the
shortest decimal that gives the value back in its dtype: parse it as that dtype (a float32 0.1 is
float32(0.1), to be widened afterwards).  bfloat16 and float16 results are stored as float32.
Numbers that JSON has no word for are the strings "NaN", "Infinity" and "-Infinity".
Objects are as keras.saving.serialize_keras_object gives them; where "arguments" stands beside one,
those are the constructor's arguments, for Keras leaves some out of the configuration.
What Keras refuses is left out.
"""

import sys

import activations
import api
import custom_steps
import defaults
import fit_optimizers
import fit_options
import initializers
import layers_applications
import layers_conv_more
import layers_core
import layers_core_more
import layers_depthwise
import layers_pointwise
import layers_pooling_more
import layers_resizing
import layers_windows
import layers_more
import layers_normalization_more
import loss_gradients
import losses
import metric_options
import metric_trainings
import metrics
import names
import operations
import operations_elementwise
import operations_foundation
import operations_shapes
import optimizers
import penalties
import trainings

SECTIONS = {
    "api": api.api,
    "defaults": defaults.defaults,
    "layers": layers_core.layers_core,
    "layers_windows": layers_windows.layers_windows,
    "layers_depthwise": layers_depthwise.layers_depthwise,
    "layers_conv_more": layers_conv_more.layers_conv_more,
    "layers_pointwise": layers_pointwise.layers_pointwise,
    "layers_applications": layers_applications.layers_applications,
    "layers_pooling_more": layers_pooling_more.layers_pooling_more,
    "layers_resizing": layers_resizing.layers_resizing,
    "layers_more": layers_more.layers_more,
    "layers_core_more": layers_core_more.layers_core_more,
    "layers_normalization_more": layers_normalization_more.layers_normalization_more,
    "operations": operations.operations,
    "operations_foundation": operations_foundation.operations_foundation,
    "operations_elementwise": operations_elementwise.operations_elementwise,
    "operations_shapes": operations_shapes.operations_shapes,
    "operations_places": operations_shapes.operations_places,
    "operations_matrices": operations_shapes.operations_matrices,
    "operations_images": operations_shapes.operations_images,
    "result_types": operations_foundation.result_types,
    "signatures": operations_foundation.signatures,
    "activations": activations.activations,
    "losses": losses.losses_section,
    "loss_gradients": loss_gradients.loss_gradients_section,
    "metrics": metrics.metrics_section,
    "metric_options": metric_options.metric_options_section,
    "fit_metrics": metric_trainings.metric_trainings_section,
    "names": names.names_section,
    "optimizers": optimizers.optimizers_section,
    "fit": trainings.fit_section,
    "custom_steps": custom_steps.custom_steps,
    "fit_options": fit_options.fit_options,
    "fit_optimizers": fit_optimizers.fit_optimizers,
    "on_batch": fit_options.on_batch,
    "callbacks": fit_options.callbacks,
    "initializers": initializers.initializers_section,
    "schedules": penalties.schedules,
    "regularizers": penalties.regularizers_section,
    "constraints": penalties.constraints_section,
}

if __name__ == "__main__":
    for section in sys.argv[1:] or SECTIONS:
        print(section, flush=True)
        SECTIONS[section]()
