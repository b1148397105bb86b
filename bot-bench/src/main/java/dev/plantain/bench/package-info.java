/** What Plantain costs, beside what others cost. */
@NullMarked
package dev.plantain.bench;

import org.jspecify.annotations.NullMarked;
