package dev.plantain.telegram;

import java.util.Optional;
import org.telegram.telegrambots.meta.api.objects.Update;

/**
 * An update as it came.
 *
 * @param json the whole of it, whatever {@code parsed} left out
 * @param parsed empty when what matters in it cannot be read
 */
record RawUpdate(long id, String json, Optional<Update> parsed) {}
