/** The assembled core. */
@NullMarked
package dev.plantain;

import org.jspecify.annotations.NullMarked;
