package dev.plantain.words;

import dev.plantain.image.Attempt;
import dev.plantain.image.ImageResult.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** How a call to a text model ended. */
public sealed interface TextAnswer {

  /** All calls that cost something, or may have. */
  List<Attempt> paid();

  /** It answered, and not with nothing. */
  record Said(String words, List<Attempt> paid) implements TextAnswer {
    public Said {
      paid = List.copyOf(paid);
    }
  }

  /** Its provider refused what it was given; asking the same again does not help. */
  record Refused(List<Attempt> paid) implements TextAnswer {
    public Refused {
      paid = List.copyOf(paid);
    }
  }

  /**
   * There is no room for it now, and nobody was asked.
   *
   * @param until when there may be
   */
  record Waits(Instant until, Problem why) implements TextAnswer {
    @Override
    public List<Attempt> paid() {
      return List.of();
    }
  }

  /**
   * The provider or the way to it failed.
   *
   * @param retryAfter how long to wait before the same may work
   * @param detail for the operator's log; holds no secret
   */
  record Failed(Problem problem, Optional<Duration> retryAfter, String detail, List<Attempt> paid)
      implements TextAnswer {
    public Failed {
      paid = List.copyOf(paid);
    }
  }
}
