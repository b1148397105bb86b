/** The tree of turns that a chat shares, and the part of it that a model is given. */
@NullMarked
package dev.plantain.conversation;

import org.jspecify.annotations.NullMarked;
