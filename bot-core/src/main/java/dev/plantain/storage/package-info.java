/** The database: one writer, several readers, explicit transactions. */
@NullMarked
package dev.plantain.storage;

import org.jspecify.annotations.NullMarked;
