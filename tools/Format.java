import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Checks or applies the one code style: {@code Format check|apply FOLDER...}. */
final class Format {
  public static void main(String[] arguments) throws Exception {
    boolean apply = arguments[0].equals("apply");
    Formatter formatter =
        new Formatter(
            JavaFormatterOptions.builder().style(JavaFormatterOptions.Style.GOOGLE).build());
    List<Path> different =
        sources(List.of(arguments).subList(1, arguments.length)).parallelStream()
            .filter(file -> differs(formatter, file, apply))
            .toList();
    if (apply) {
      different.forEach(file -> System.out.println("formatted " + file));
    } else if (!different.isEmpty()) {
      different.forEach(file -> System.err.println("not formatted: " + file));
      System.err.println("Run: ./mvnw -N process-sources -Dformat=apply");
      System.exit(1);
    }
  }

  private static boolean differs(Formatter formatter, Path file, boolean apply) {
    try {
      String source = Files.readString(file);
      String formatted = formatted(formatter, file, source);
      boolean differs = !formatted.equals(source);
      if (differs && apply) {
        Files.writeString(file, formatted);
      }
      return differs;
    } catch (IOException | FormatterException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  private static List<Path> sources(List<String> folders) throws IOException {
    List<Path> sources = new ArrayList<>();
    for (String folder : folders) {
      if (Files.isDirectory(Path.of(folder))) {
        try (Stream<Path> files = Files.walk(Path.of(folder))) {
          files.filter(file -> file.toString().endsWith(".java")).sorted().forEach(sources::add);
        }
      }
    }
    return sources;
  }

  private static String formatted(Formatter formatter, Path file, String source)
      throws FormatterException {
    try {
      return formatter.formatSource(
          RemoveUnusedImports.removeUnusedImports(
              ImportOrderer.reorderImports(source, JavaFormatterOptions.Style.GOOGLE)));
    } catch (FormatterException cannotParse) {
      throw new FormatterException(file + ": " + cannotParse.getMessage());
    }
  }
}
