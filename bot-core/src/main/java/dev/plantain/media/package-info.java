/** Pictures as bytes: checked when they come in, kept once under their hash, streamed out. */
@NullMarked
package dev.plantain.media;

import org.jspecify.annotations.NullMarked;
