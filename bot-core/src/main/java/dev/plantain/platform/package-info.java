/** The seam: what a chat platform tells us and what we ask of it, without naming any platform. */
@NullMarked
package dev.plantain.platform;

import org.jspecify.annotations.NullMarked;
