/** The path of a request, from the event that brings it to the card that shows its result. */
@NullMarked
package dev.plantain.chat;

import org.jspecify.annotations.NullMarked;
