/** HDF5: what Keras and h5py write is read, and what they read is written. */
@NullMarked
package dev.ibex.savedmodel.hdf5;

import org.jspecify.annotations.NullMarked;
