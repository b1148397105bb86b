/** Who may spend how much, and the ledger of what was spent; knows nothing of chats and words. */
@NullMarked
package dev.plantain.quota;

import org.jspecify.annotations.NullMarked;
