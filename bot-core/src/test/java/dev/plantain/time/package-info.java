/** Time for tests of any module. */
@NullMarked
package dev.plantain.time;

import org.jspecify.annotations.NullMarked;
