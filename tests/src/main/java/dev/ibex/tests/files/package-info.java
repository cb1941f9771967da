/**
 * Programs that write files, and say on the standard output what a Python script must find there.
 */
@NullMarked
package dev.ibex.tests.files;

import org.jspecify.annotations.NullMarked;
