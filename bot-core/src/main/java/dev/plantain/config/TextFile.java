package dev.plantain.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** Reads small files of UTF-8 text, and says in words why one cannot be read. */
final class TextFile {
  private TextFile() {}

  /**
   * The text without a byte order mark. Blocks on the disk.
   *
   * @throws ConfigurationException with the one reason why it cannot be read
   */
  static String read(Path file, int mostBytes) {
    byte[] bytes = bytes(file, mostBytes);
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException notUtf8) {
      throw fault(file, "It is not UTF-8 text.", "Save it again with the encoding UTF-8.");
    }
  }

  private static byte[] bytes(Path file, int mostBytes) {
    if (Files.isDirectory(file)) {
      throw fault(
          file,
          "It is a folder, not a file.",
          "Name the file in it. A container makes a folder when the file it mounts does not exist.");
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(mostBytes + 1);
      if (bytes.length > mostBytes) {
        throw fault(file, "It is larger than " + mostBytes + " bytes.", "Is it the right file?");
      }
      return bytes;
    } catch (NoSuchFileException missing) {
      throw fault(file, "There is no such file.", "Create it, or name one that exists.");
    } catch (AccessDeniedException denied) {
      throw fault(
          file, "This user may not read it.", "Give the user that runs Plantain leave to read it.");
    } catch (IOException unreadable) {
      throw fault(
          file,
          "It cannot be read (" + unreadable.getClass().getSimpleName() + ").",
          "Check the file and the disk.");
    }
  }

  private static ConfigurationException fault(Path file, String problem, String remedy) {
    return new ConfigurationException(List.of(new Fault(file.toString(), problem, remedy)));
  }
}
