/** The Telegram adapter: its wire, and the translation in and out. */
@NullMarked
package dev.plantain.telegram;

import org.jspecify.annotations.NullMarked;
