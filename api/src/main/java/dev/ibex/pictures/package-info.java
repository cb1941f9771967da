/**
 * Pictures of trainings, results and models, as PNG or SVG by the ending of the file's name.
 *
 * <p>They need no display, but Java's desktop module and a font. What draws them is no dependency
 * of Ibex: a program that draws adds {@code org.knowm.xchart:xchart} for charts, {@code
 * org.eclipse.elk:org.eclipse.elk.alg.layered} and {@code
 * org.eclipse.xtext:org.eclipse.xtext.xbase.lib} for {@link dev.ibex.pictures.Diagrams}, and {@code
 * org.apache.xmlgraphics:batik-svggen} for SVG. An error names the one that is missing.
 */
@NullMarked
package dev.ibex.pictures;

import org.jspecify.annotations.NullMarked;
