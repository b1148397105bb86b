/** The program: its command line and the wiring of its parts. */
@NullMarked
package dev.plantain.app;

import org.jspecify.annotations.NullMarked;
