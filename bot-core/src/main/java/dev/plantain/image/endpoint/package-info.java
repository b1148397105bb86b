/** Where image models are reached, and which way a request takes. */
@NullMarked
package dev.plantain.image.endpoint;

import org.jspecify.annotations.NullMarked;
