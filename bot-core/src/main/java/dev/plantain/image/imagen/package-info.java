/** The wire of Imagen, which gateways and projects still serve. */
@NullMarked
package dev.plantain.image.imagen;

import org.jspecify.annotations.NullMarked;
