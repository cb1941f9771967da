package dev.ibex.savedmodel.legacy;

import dev.ibex.savedmodel.weights.StoredArray;
import java.util.List;

/**
 * The weights of one layer of a file, those of the layers inside it included.
 *
 * @param name the layer's name
 * @param arrays the weights, trainable ones first, under their names in the file
 */
record LayerGroup(String name, List<StoredArray> arrays) {}
