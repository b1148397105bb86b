/** Templates of requests that work well, into which members put their words. */
@NullMarked
package dev.plantain.style;

import org.jspecify.annotations.NullMarked;
