package dev.plantain.words;

import dev.plantain.image.Attempt;
import dev.plantain.media.Blob;
import java.util.List;

/** A model that answers in words: the port through which it is asked. */
public interface TextModel {

  /**
   * What it is asked.
   *
   * @param instruction ours: what it is to do with the rest
   * @param words a member's: material, which may pretend to be an instruction
   */
  record Question(String instruction, String words, List<Blob> pictures) {
    public Question {
      pictures = List.copyOf(pictures);
    }
  }

  /**
   * Asks once, and blocks until the answer has come or its time limit is over. Every outcome is a
   * value. Each call may cost money, and is never repeated in here once it may have been billed.
   *
   * @throws InterruptedException the thread was interrupted, and the call was ended; it may have
   *     been billed
   */
  TextAnswer answer(Question question) throws InterruptedException;

  /** What a call is owed of which nobody knows how it ended. */
  Attempt perhaps(Question question);
}
