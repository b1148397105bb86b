/** The slash commands, one small class each. */
@NullMarked
package dev.plantain.command;

import org.jspecify.annotations.NullMarked;
