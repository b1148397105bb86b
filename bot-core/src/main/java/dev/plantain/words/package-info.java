/** What a text model is asked about the words of members, and how its answers are read. */
@NullMarked
package dev.plantain.words;

import org.jspecify.annotations.NullMarked;
