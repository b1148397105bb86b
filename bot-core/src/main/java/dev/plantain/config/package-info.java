/** Binds records from a YAML file and the environment. */
@NullMarked
package dev.plantain.config;

import org.jspecify.annotations.NullMarked;
