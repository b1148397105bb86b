/** A model that needs no key: classic filters, and a painted placeholder for words alone. */
@NullMarked
package dev.plantain.image.offline;

import org.jspecify.annotations.NullMarked;
