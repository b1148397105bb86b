package dev.plantain.image.wire;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Gathers the parts of an answer while it is read. */
public final class AnswerParts {
  private static final int MOST_WORDS = 64 * 1024;
  private static final int MOST_PARTS = 256;

  private final List<AnswerPart> parts = new ArrayList<>();
  private final List<AnswerPart> hidden = new ArrayList<>();
  private int wordsSoFar;

  /** Adds a picture of its own. */
  public void picture(LongString.Picture bytes, Optional<LongString.Signature> signature) {
    add(new AnswerPart.Picture(bytes, signature));
  }

  /** Adds an empty text that holds nothing but a signature. */
  public void signature(LongString.Signature signature) {
    add(new AnswerPart.Words("", Optional.of(signature)));
  }

  /** Adds words, and the pictures that hide in them; a signature goes with the last of them. */
  public void prose(Prose prose, Optional<LongString.Signature> signature) throws IOException {
    List<Prose.Segment> segments = prose.segments();
    for (int index = 0; index < segments.size(); index++) {
      boolean last = index == segments.size() - 1;
      Optional<LongString.Signature> signed = last ? signature : Optional.empty();
      switch (segments.get(index)) {
        case Prose.Segment.Words words -> words(words.text(), signed);
        case Prose.Segment.Hidden found -> {
          AnswerPart.Picture picture = new AnswerPart.Picture(found.picture(), signed);
          hidden.add(picture);
          add(picture);
        }
      }
    }
    if (segments.isEmpty()) {
      signature.ifPresent(this::signature);
    }
  }

  /** Adds what stands where an address is expected: a data URI, or a link. */
  public void address(Prose prose) throws IOException {
    for (Prose.Segment segment : prose.segments()) {
      switch (segment) {
        case Prose.Segment.Words words -> {
          if (words.text().strip().matches("(?i)https?://\\S+")) {
            add(new AnswerPart.Link(words.text().strip(), Optional.empty()));
          }
        }
        case Prose.Segment.Hidden found -> picture(found.picture(), Optional.empty());
      }
    }
  }

  /** Adds what was gathered elsewhere. */
  public void addAll(AnswerParts others) {
    hidden.addAll(others.hidden);
    for (AnswerPart part : others.parts) {
      if (part instanceof AnswerPart.Words(String text, Optional<LongString.Signature> signature)) {
        words(text, signature);
      } else {
        add(part);
      }
    }
  }

  /** All of them; what stands as a picture of its own is not shown again where words repeat it. */
  public List<AnswerPart> parts() {
    boolean shown =
        parts.stream()
            .anyMatch(part -> part instanceof AnswerPart.Picture && !hidden.contains(part));
    return shown ? parts.stream().filter(part -> !hidden.contains(part)).toList() : parts;
  }

  private void words(String said, Optional<LongString.Signature> signature) {
    String kept = said.substring(0, Math.min(said.length(), MOST_WORDS - wordsSoFar));
    wordsSoFar += kept.length();
    // The events of a stream cut words anywhere.
    if (!parts.isEmpty()
        && parts.getLast() instanceof AnswerPart.Words before
        && before.signature().isEmpty()
        && signature.isEmpty()) {
      parts.removeLast();
      add(new AnswerPart.Words(before.text() + kept, signature));
    } else {
      add(new AnswerPart.Words(kept, signature));
    }
  }

  private void add(AnswerPart part) {
    if (parts.size() < MOST_PARTS) {
      parts.add(part);
    }
  }
}
