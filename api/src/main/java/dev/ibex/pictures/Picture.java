package dev.ibex.pictures;

import java.awt.Graphics2D;
import java.util.function.Consumer;

/**
 * Something to draw.
 *
 * @param title what it shows, for those who cannot see it
 * @param width in units of length, such as pixels at usual resolution
 * @param height in the same units
 * @param painter draws it from (0, 0) on, on white
 */
record Picture(String title, int width, int height, Consumer<Graphics2D> painter) {}
