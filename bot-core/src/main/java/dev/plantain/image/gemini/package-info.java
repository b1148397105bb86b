/** The Gemini wire format, streamed both ways. */
@NullMarked
package dev.plantain.image.gemini;

import org.jspecify.annotations.NullMarked;
