/** What every wire over HTTP has in common: one call, its errors, and files in and out of JSON. */
@NullMarked
package dev.plantain.image.wire;

import org.jspecify.annotations.NullMarked;
