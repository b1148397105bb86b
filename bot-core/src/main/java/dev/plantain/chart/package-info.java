/** Charts as pictures: what is drawn, in which colours and letters. */
@NullMarked
package dev.plantain.chart;

import org.jspecify.annotations.NullMarked;
