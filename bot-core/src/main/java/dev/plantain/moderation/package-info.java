/** What moderators decide about people and chats, and the record of what they did. */
@NullMarked
package dev.plantain.moderation;

import org.jspecify.annotations.NullMarked;
