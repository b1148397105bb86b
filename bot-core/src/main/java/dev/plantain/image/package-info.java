/** Image models: the port to them, what they can do, and what they answer. */
@NullMarked
package dev.plantain.image;

import org.jspecify.annotations.NullMarked;
