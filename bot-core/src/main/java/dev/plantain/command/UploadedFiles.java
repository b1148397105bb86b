package dev.plantain.command;

import dev.plantain.storage.Tx;

/** The pictures that lie at providers as files. */
public interface UploadedFiles {

  /**
   * Lets those of a member be deleted, wherever they are: what they posted, and what was made for
   * them. Nobody refers to them any more from now on.
   *
   * @return how many there are
   */
  int delete(Tx tx, long memberId);
}
