/** Every text that a person sees, in every language of the product. */
@NullMarked
package dev.plantain.text;

import org.jspecify.annotations.NullMarked;
