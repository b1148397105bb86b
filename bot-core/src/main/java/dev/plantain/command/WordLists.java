package dev.plantain.command;

import dev.plantain.media.PassingFiles;
import dev.plantain.platform.Card;
import dev.plantain.platform.Card.Paragraph;
import dev.plantain.platform.Document;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** All words of a list: within a message, or as a file below it where they are too many for one. */
final class WordLists {
  private static final int MOST_CHARACTERS = 1_500;

  private final PassingFiles files;

  WordLists(PassingFiles files) {
    this.files = files;
  }

  /**
   * @param told what is said before them
   */
  Card card(List<String> told, List<String> all) {
    List<Paragraph> words =
        told.stream()
            .<Paragraph>map(Paragraph.Told::new)
            .collect(Collectors.toCollection(ArrayList::new));
    String listed = String.join(", ", all);
    boolean fits = listed.length() <= MOST_CHARACTERS;
    if (fits && !all.isEmpty()) {
      words.add(new Paragraph.Quoted(listed));
    }
    return new Card(
        words, Optional.empty(), fits ? Optional.empty() : Optional.of(file(all)), List.of());
  }

  private Document file(List<String> all) {
    byte[] lines =
        all.stream()
            .map(word -> word + "\n")
            .collect(Collectors.joining())
            .getBytes(StandardCharsets.UTF_8);
    return new Document(files.write(lines), "text/plain", lines.length, "words.txt");
  }
}
