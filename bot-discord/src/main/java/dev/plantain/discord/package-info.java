/** The Discord adapter: its wire, and the translation in and out. */
@NullMarked
package dev.plantain.discord;

import org.jspecify.annotations.NullMarked;
