/** What members and moderators may change in a chat, and where it is kept. */
@NullMarked
package dev.plantain.settings;

import org.jspecify.annotations.NullMarked;
